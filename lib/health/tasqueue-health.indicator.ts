import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { InvalidOptionsError } from '../core/errors.js';
import type { Diagnosis } from '../core/health/diagnosis.js';
import { Tasqueue } from '../core/tasqueue.js';
import { refuse } from '../core/validation/check.js';
import { getTasqueueInstanceToken } from '../providers/tasqueue.tokens.js';
import {
  HEALTH_DEFAULTS,
  healthOptionsProblems,
  type TasqueueHealthOptions,
} from './health-options.js';

/** What stands beside the status: no address and no payload, as strangers may read it. */
export type TasqueueHealthDetails = Omit<Diagnosis, 'status' | 'problems'> & {
  /** What is wrong; absent while nothing is. */
  readonly message?: string | undefined;
};

/** Tells `@nestjs/terminus` how Tasqueue fares in this process. */
@Injectable()
export class TasqueueHealthIndicator {
  constructor(
    private readonly terminus: HealthIndicatorService,
    private readonly modules: ModuleRef,
  ) {}

  /**
   * `down` when the broker or the results store does not answer within `timeout`, when workers have stood
   * still for longer than `maxStaleness`, or could not be started; `degraded` when more than `maxPending`
   * jobs wait in a queue; else `up`. Rejects with InvalidOptionsError for wrong options, and for nothing else.
   */
  async isHealthy<const Key extends string>(
    key: Key,
    options: TasqueueHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key>> {
    refuse('isHealthy()', healthOptionsProblems(options, ''));
    const { timeout, maxStaleness } = HEALTH_DEFAULTS;
    const { status, problems, ...details } = await this.#instance(options.instance).examine({
      timeoutMs: options.timeout ?? timeout,
      maxPending: options.maxPending,
      maxStalenessMs: options.maxStaleness ?? maxStaleness,
    });
    const message = problems.length > 0 ? problems.join('; ') : undefined;
    const shown: TasqueueHealthDetails = { ...details, message };
    const indicator = this.terminus.check(key);
    // Terminus 11 knows no degradation: there the message tells.
    if (status === 'degraded' && 'degraded' in indicator) return indicator.degraded(shown);
    return status === 'down' ? indicator.down(shown) : indicator.up(shown);
  }

  #instance(name: string | undefined): Tasqueue {
    const instance: unknown = this.#find(name);
    if (instance instanceof Tasqueue) return instance;
    const problem =
      name === undefined
        ? 'instance: expected the name of one, as TasqueueModule is not imported without a name'
        : `instance: expected the name of an instance of TasqueueModule, got '${name}'`;
    throw new InvalidOptionsError('isHealthy()', [problem]);
  }

  #find(name: string | undefined): unknown {
    try {
      return this.modules.get(getTasqueueInstanceToken(name), { strict: false });
    } catch {
      return undefined;
    }
  }
}
