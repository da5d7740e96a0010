import type { TaskEntry } from '../core/task-entry.js';
import { type DecoratedMethod, methodOf } from './decorated-methods.js';
import type { HandlerHost } from './handler-host.js';
import { HandlerPipeline } from './handler-pipeline.js';
import { resolveScoped } from './job-scope.js';
import { lastValue } from './last-value.js';
import type { EnhancerTarget, NestEnhancers } from './nest-enhancers.js';

type Run = TaskEntry['run'];

/** Turns methods of providers into what core calls. */
export class HandlerInvoker {
  constructor(private readonly enhancers: NestEnhancers) {}

  /** Runs a task's handler. In static scope and without enhancers this is little more than the call itself. */
  handler(host: HandlerHost, { name, method }: DecoratedMethod): Run {
    const { instance, module, wrapper } = host;
    const target = { callback: method, methodName: name, moduleKey: module.token };
    if (instance) return this.#run({ ...target, instance });
    return async (payload, ctx) => {
      const scoped = await resolveScoped(host, ctx);
      return this.#run({ ...target, ...scoped, inquirerId: wrapper.id })(payload, ctx);
    };
  }

  /** Calls a method as it is: callbacks and listeners have no enhancers. */
  plain(host: HandlerHost, { name }: DecoratedMethod) {
    const call = (instance: object, args: readonly unknown[]): unknown =>
      methodOf(instance, name).apply(instance, [...args]);
    const scoped = async (args: readonly [object, ...unknown[]]): Promise<unknown> =>
      call((await resolveScoped(host, args[0])).instance, args);
    return (...args: readonly [request: object, ...rest: unknown[]]): unknown =>
      host.instance ? call(host.instance, args) : scoped(args);
  }

  #run(target: EnhancerTarget): Run {
    const pipeline = new HandlerPipeline(this.enhancers, target);
    if (!pipeline.empty) return (payload, ctx) => pipeline.run(payload, ctx);
    const { instance, methodName } = target;
    return (payload, ctx) =>
      lastValue(methodOf(instance, methodName).call(instance, payload, ctx), ctx);
  }
}
