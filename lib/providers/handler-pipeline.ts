import { type CanActivate, ForbiddenException, type NestInterceptor } from '@nestjs/common';
import { UnrecoverableError } from '../core/errors.js';
import type { JobContext } from '../core/job-context.js';
import { methodOf } from './decorated-methods.js';
import { jobParams, type PickArguments } from './job-params.factory.js';
import { lastValue } from './last-value.js';
import type { EnhancerTarget, NestEnhancers } from './nest-enhancers.js';
import type { CatchingFilter } from './nest-internals.js';
import { type Refusal, refusalOf } from './refusal.js';

/** One attempt on its way. */
interface Attempt {
  readonly args: [payload: unknown, ctx: JobContext];
  refusal?: Refusal | undefined;
}

/** Runs a handler as Nest does: guards, interceptors, pipes, the handler; filters for what is thrown. */
export class HandlerPipeline {
  readonly #guards: CanActivate[];
  readonly #interceptors: NestInterceptor[];
  readonly #filters: readonly CatchingFilter[];
  readonly #pickArguments: PickArguments | undefined;

  constructor(
    private readonly enhancers: NestEnhancers,
    private readonly target: EnhancerTarget,
  ) {
    this.#guards = enhancers.guards(target);
    this.#interceptors = enhancers.interceptors(target);
    this.#filters = enhancers.filters(target);
    this.#pickArguments = jobParams(enhancers, target);
  }

  /** Nothing surrounds the handler: it may as well be called directly. */
  get empty(): boolean {
    const surrounding = [...this.#guards, ...this.#interceptors, ...this.#filters];
    return surrounding.length === 0 && this.#pickArguments === undefined;
  }

  async run(payload: unknown, ctx: JobContext): Promise<unknown> {
    const attempt: Attempt = { args: [payload, ctx] };
    try {
      await this.#askGuards(attempt);
      return await lastValue(await this.#intercept(attempt), ctx);
    } catch (error) {
      return await this.#filter(error, attempt);
    }
  }

  /** One by one, so that a refusal can name its guard. */
  async #askGuards(attempt: Attempt): Promise<void> {
    for (const guard of this.#guards) {
      const asked = () => this.enhancers.admits(guard, this.target, attempt.args);
      if (await refusable(attempt, asked)) continue;
      const error = new ForbiddenException('Forbidden resource');
      attempt.refusal = { error, reason: `refused by ${guard.constructor.name}` };
      throw error;
    }
  }

  #intercept(attempt: Attempt): Promise<unknown> {
    const call = () => this.#call(attempt);
    return this.enhancers.intercept(this.#interceptors, this.target, attempt.args, call);
  }

  async #call(attempt: Attempt): Promise<unknown> {
    const { instance, methodName } = this.target;
    const pickArguments = this.#pickArguments;
    const args = pickArguments
      ? await refusable(attempt, () => pickArguments(attempt.args))
      : attempt.args;
    return methodOf(instance, methodName).apply(instance, [...args]);
  }

  /** What a filter answers counts as the result; one that answers nothing leaves the error as it is. */
  async #filter(error: unknown, { args, refusal }: Attempt): Promise<unknown> {
    const filter = this.#filters.find(
      ({ exceptionMetatypes: types = [] }) =>
        types.length === 0 || types.some((type) => error instanceof type),
    );
    const answer: unknown = await filter?.func(error, this.enhancers.host(this.target, args));
    const result = await lastValue(answer, args[1]);
    if (result !== undefined) return result;
    throw refusal && refusal.error === error
      ? new UnrecoverableError(refusal.reason, { cause: error })
      : error;
  }
}

/** Takes down the refusal in what `step`, a guard or the pipes, throws. */
async function refusable<T>(attempt: Attempt, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    attempt.refusal = refusalOf(error);
    throw error;
  }
}
