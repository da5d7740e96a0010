import type { AnyTaskDefinition } from '../core/spec/task-definition.js';
import type { TaskOptions } from '../core/spec/task-options.js';
import type { TaskRegistry } from '../core/spec/task-registry.js';
import type { HandlerOf } from '../core/spec/task-types.js';
import { declare, type DecoratorOf, type Method } from './task-metadata.accessor.js';

/**
 * Makes a method the handler of a task. It is called with `(payload, ctx)`, or with what `@Payload()`,
 * `@JobCtx()` and your own parameter decorators pick; what it returns, unless `undefined`, is the job's
 * result. Works on any provider or controller, whatever its scope; a method may handle several tasks.
 *
 * `options` go before those of a definition. Wrong ones stop the bootstrap with InvalidOptionsError,
 * a second handler with DuplicateTaskError, a second concurrency for one queue with
 * QueueConcurrencyConflictError.
 *
 * With a definition, or a name that TaskRegistry knows, a method of the wrong types does not compile.
 */
export function Task<Definition extends AnyTaskDefinition>(
  definition: Definition,
  options?: TaskOptions,
): DecoratorOf<HandlerOf<Definition>>;
export function Task<Name extends keyof TaskRegistry>(
  name: Name,
  options?: TaskOptions,
): DecoratorOf<HandlerOf<Name>>;
export function Task<Name extends string>(
  name: Name extends keyof TaskRegistry ? never : Name,
  options?: TaskOptions,
): DecoratorOf<Method>;
export function Task(
  task: AnyTaskDefinition | string,
  options: TaskOptions = {},
): DecoratorOf<Method> {
  return declare('@Task', { kind: 'task', task, options });
}
