import type { CronReader } from '../core/cron.js';
import type { Settings } from '../core/options.js';
import type { TaskShape } from '../core/spec/task-options.js';
import type { CallbackKind, TaskCallback, TaskEntry } from '../core/task-entry.js';
import { refuse } from '../core/validation/check.js';
import {
  type CallbackDeclaration,
  type TaskDeclaration,
  taskNameOf,
} from '../decorators/task-metadata.accessor.js';
import {
  callbackProblems,
  instanceOf,
  instanceProblems,
  isTask,
  taskProblems,
} from './declaration-checks.js';
import { declared, type Declared } from './handler-declarations.js';
import type { HandlerHost } from './handler-host.js';
import type { HandlerInvoker } from './handler-invoker.js';

/** What the explorer needs to know of the app. */
export interface Terrain {
  readonly hosts: readonly HandlerHost[];
  readonly invoker: HandlerInvoker;
  readonly cron: CronReader;
  /** The names of all instances in the app. */
  readonly instances: readonly (string | undefined)[];
}

/** Makes task entries of the methods that carry `@Task` and `@On…`. */
export class TaskExplorer {
  constructor(private readonly terrain: Terrain) {}

  /** The tasks of one instance. Throws InvalidOptionsError with all that is wrong anywhere. */
  explore({ name, role }: Pick<Settings, 'name' | 'role'>): TaskEntry[] {
    const tasks = declared(this.terrain.hosts, 'task');
    const callbacks = declared(this.terrain.hosts, 'callback');
    const isOurs = ({ declaration }: Declared) => instanceOf(declaration) === name;
    const ours = tasks.filter(isOurs);
    const ourCallbacks = callbacks.filter(isOurs);
    refuse('tasks', [
      ...tasks.flatMap((task) => taskProblems(task, this.terrain.cron)),
      // A producer runs nothing: what its classes could handle belongs to the processes that do.
      ...(role === 'producer' ? [] : this.#lost()),
      ...(role === 'producer' ? [] : unheard(ourCallbacks, ours)),
    ]);
    return ours.map((task) => this.#entry(task, ourCallbacks));
  }

  #lost(): string[] {
    const { hosts } = this.terrain;
    const all = (['task', 'callback', 'listener'] as const).flatMap((kind) =>
      declared(hosts, kind),
    );
    return all.flatMap((each) => instanceProblems(each, this.terrain.instances));
  }

  #entry(
    { declaration, host, method, owner }: Declared<TaskDeclaration>,
    callbacks: readonly Declared<CallbackDeclaration>[],
  ): TaskEntry {
    const shape = shapeOf(declaration);
    const names = namesOf(shape);
    const own = callbacks.filter(({ declaration: { task } }) => names.includes(taskNameOf(task)));
    const on = (kind: CallbackKind): TaskCallback[] =>
      own
        .filter((callback) => callback.declaration.on === kind)
        .map((callback) => this.terrain.invoker.plain(callback.host, callback.method));
    return {
      ...shape,
      owner,
      run: this.terrain.invoker.handler(host, method),
      callbacks: {
        processing: on('processing'),
        success: on('success'),
        retrying: on('retrying'),
        failed: on('failed'),
      },
    };
  }
}

function unheard(
  callbacks: readonly Declared<CallbackDeclaration>[],
  tasks: readonly Declared<TaskDeclaration>[],
): string[] {
  const names = tasks
    .filter(({ declaration }) => isTask(declaration.task))
    .flatMap(({ declaration }) => namesOf(shapeOf(declaration)));
  return callbacks.flatMap((callback) => callbackProblems(callback, names));
}

function namesOf({ name, aliases }: TaskShape): string[] {
  // Not checked yet: it may be anything.
  const others: unknown = aliases;
  return [name, ...(Array.isArray(others) ? others.map(String) : [])];
}

/** What `@Task` says goes before what its definition says. */
function shapeOf({ task, options }: TaskDeclaration): TaskShape {
  const base: TaskShape = typeof task === 'string' ? { name: task } : task;
  return {
    name: base.name,
    queue: options.queue ?? base.queue,
    concurrency: options.concurrency ?? base.concurrency,
    maxRetries: options.maxRetries ?? base.maxRetries,
    backoff: options.backoff ?? base.backoff,
    timeout: options.timeout ?? base.timeout,
    schedule: options.schedule ?? base.schedule,
    payload: options.payload ?? base.payload,
    result: options.result ?? base.result,
    aliases: options.aliases ?? base.aliases,
  };
}
