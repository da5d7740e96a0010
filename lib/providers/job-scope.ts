import { type ContextId, ContextIdFactory } from '@nestjs/core';
import { type HandlerHost, moduleRefOf } from './handler-host.js';
import { REQUEST_CONTEXT_ID } from './nest-internals.js';

/** An instance made for one job, and the context that it and its dependencies live in. */
export interface ScopedInstance {
  readonly instance: object;
  readonly contextId: ContextId;
}

/**
 * The instance of a scoped host for this attempt. `request` (the JobContext; the event for listeners)
 * is what `REQUEST` injects; those who serve the same attempt share its instances. Nothing but the
 * request holds them, so they go when it goes.
 */
export async function resolveScoped(host: HandlerHost, request: object): Promise<ScopedInstance> {
  const contextId = contextOf(host, request);
  const { token } = host.wrapper;
  const instance = await moduleRefOf(host).resolve<object>(token, contextId, { strict: true });
  return { instance, contextId };
}

/** A request that knows its context, where ContextIdFactory looks for it: users find it by the same call. */
interface Contextual {
  [REQUEST_CONTEXT_ID]?: ContextId | undefined;
}

function contextOf(host: HandlerHost, request: Contextual): ContextId {
  const moduleRef = moduleRefOf(host);
  const own = ContextIdFactory.getByRequest(request);
  if (request[REQUEST_CONTEXT_ID] === undefined) {
    Object.defineProperty(request, REQUEST_CONTEXT_ID, { value: own, writable: true });
    moduleRef.registerRequestByContextId(request, own);
  }
  const durable = host.wrapper.isDependencyTreeDurable() ? durableContext(request) : undefined;
  // What outlives the job must not hold it: there `REQUEST` is the payload of the strategy, as in Nest.
  if (durable) moduleRef.registerRequestByContextId(durable.payload, durable);
  return durable ?? own;
}

/** A second context from the strategy of durable providers; undefined where none is applied. */
function durableContext(request: Contextual): ContextId | undefined {
  const own = request[REQUEST_CONTEXT_ID];
  request[REQUEST_CONTEXT_ID] = undefined;
  const context = ContextIdFactory.getByRequest(request);
  request[REQUEST_CONTEXT_ID] = own;
  return context.getParent && context;
}
