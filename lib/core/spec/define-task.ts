import { job } from './job.js';
import type { StandardSchemaV1 } from './standard-schema.js';
import type { TaskDefinition } from './task-definition.js';
import { checkDefinitionOptions, checkTaskName } from './task-options-check.js';
import type { TaskShape } from './task-options.js';

/** What `defineTask(name, options)` takes. Durations in ms. */
export interface DefinitionOptions<Input, Result, Output, Returned> extends Omit<
  TaskShape,
  'name'
> {
  readonly payload?: StandardSchemaV1<Input, Output> | undefined;
  readonly result?: StandardSchemaV1<Returned, Result> | undefined;
}

/**
 * Defines a task by itself, apart from its handler, so that callers share its name and types:
 *
 *     const Add = defineTask<{ a: number; b: number }, number>('add', { queue: 'math' });
 *     const Mail = defineTask('mail', { payload: z.object({ to: z.email() }) }).returns<string>();
 *
 * Payload and result are `void` unless said. Schemas say their types by themselves. Throws
 * InvalidOptionsError.
 */
export function defineTask<Input = void, Result = void, Output = Input, Returned = Result>(
  name: string,
  options: DefinitionOptions<Input, Result, Output, Returned> = {},
): TaskDefinition<Input, Result, Output, Returned> {
  checkTaskName(name, 'defineTask()');
  checkDefinitionOptions(options, `defineTask('${name}')`);
  const { aliases } = options;
  const definition: TaskDefinition<Input, Result, Output, Returned> = {
    ...options,
    ...(aliases && { aliases: Object.freeze([...aliases]) }),
    name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only a type differs, of which no value is there yet
    returns: <R>() => definition as unknown as TaskDefinition<Input, R, Output>,
    job: (...rest) => job(definition, ...rest),
  };
  return Object.freeze(definition);
}
