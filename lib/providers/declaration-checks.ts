import type { CronReader } from '../core/cron.js';
import { didYouMean } from '../core/did-you-mean.js';
import { InvalidOptionsError } from '../core/errors.js';
import { checkTaskName, checkTaskOptions } from '../core/spec/task-options-check.js';
import { expected } from '../core/validation/check.js';
import {
  type CallbackDeclaration,
  type Declaration,
  type TaskDeclaration,
  taskNameOf,
} from '../decorators/task-metadata.accessor.js';
import type { Declared } from './handler-declarations.js';
import { ENHANCERS_METADATA, ROUTE_ARGS_METADATA } from './nest-internals.js';

/** What is wrong with a `@Task`, each problem with its `Class.method`. */
export function taskProblems(
  { declaration, method, owner }: Declared<TaskDeclaration>,
  cron: CronReader,
): string[] {
  const { task, options } = declaration;
  const lost = ENHANCERS_METADATA.filter(
    ([key]) =>
      Reflect.hasMetadata(key, method.declaredOn) && !Reflect.hasMetadata(key, method.method),
  );
  return [
    ...(isTask(task)
      ? problemsOf(() => checkTaskName(taskNameOf(task), owner), owner)
      : [notATask(owner, task)]),
    ...problemsOf(() => checkTaskOptions(options, owner, cron), owner),
    ...lost.map(
      ([, kind]) =>
        `${owner}: overrides a method and leaves its ${kind}s behind; repeat @Task and them on the override`,
    ),
  ];
}

/** What is wrong with a callback, given the names of the tasks that there are. */
export function callbackProblems(
  { declaration: { task }, host, method, owner }: Declared<CallbackDeclaration>,
  names: readonly string[],
): string[] {
  const problems: string[] = [];
  const params: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, host.type, method.name);
  if (params !== undefined)
    problems.push(
      `${owner}: a callback takes (ctx, error); parameter decorators do not work on it`,
    );
  if (!isTask(task)) return [...problems, notATask(owner, task)];
  const name = taskNameOf(task);
  if (names.includes(name)) return problems;
  return [...problems, `${owner}: no @Task handles '${name}'${guess(name, names)}`];
}

/** A decorator that speaks of an instance nobody made would be forgotten in silence. */
export function instanceProblems(
  { declaration, owner }: Declared,
  instances: readonly (string | undefined)[],
): string[] {
  const name = instanceOf(declaration);
  if (instances.includes(name)) return [];
  if (name === undefined)
    return [`${owner}: names no instance, and there is no TasqueueModule without a name`];
  const names = instances.filter((other) => other !== undefined);
  return [`${owner}: there is no TasqueueModule with the name '${name}'${guess(name, names)}`];
}

export function instanceOf(declaration: Declaration): string | undefined {
  return declaration.kind === 'task' ? declaration.options.instance : declaration.instance;
}

/** Definitions are imported by the files that use them: in a circle of imports, one comes as undefined. */
export function isTask(task: unknown): boolean {
  const name: unknown = typeof task === 'object' && task && 'name' in task ? task.name : task;
  return typeof name === 'string';
}

function notATask(owner: string, task: unknown): string {
  const problem = expected("a task's name or definition", owner, task);
  return task === undefined ? `${problem}: do files import each other in a circle?` : problem;
}

function guess(name: string, names: readonly string[]): string {
  const meant = didYouMean(name, names);
  return meant === undefined ? '' : ` (did you mean '${meant}'?)`;
}

function problemsOf(check: () => void, owner: string): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidOptionsError)) throw error;
    return error.problems.map((problem) => `${owner}: ${problem}`);
  }
}
