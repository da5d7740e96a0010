import { DuplicateTaskError, QueueConcurrencyConflictError } from './errors.js';
import type { CallbackKind, TaskCallback, TaskEntry } from './task-entry.js';

export const DEFAULT_QUEUE = 'tasqueue:tasks';

/** The tasks that this process has handlers for, by name and by old name. */
export class TaskTable {
  readonly #byName = new Map<string, TaskEntry>();

  /** Throws DuplicateTaskError or QueueConcurrencyConflictError, naming both handlers. */
  register(entries: readonly TaskEntry[]): void {
    for (const entry of entries)
      for (const name of [entry.name, ...(entry.aliases ?? [])]) this.#add(name, entry);
    refuseConflicts(entries);
  }

  get(name: string): TaskEntry | undefined {
    return this.#byName.get(name);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** Each task once, aliases left out. */
  entries(): TaskEntry[] {
    return [...new Set(this.#byName.values())];
  }

  queueOf(name: string): string | undefined {
    const entry = this.#byName.get(name);
    return entry && (entry.queue ?? DEFAULT_QUEUE);
  }

  callbacks(name: string, kind: CallbackKind): readonly TaskCallback[] {
    return this.#byName.get(name)?.callbacks[kind] ?? [];
  }

  /** The queues of its tasks, with the concurrency that a task of theirs names. */
  queues(): Map<string, number | undefined> {
    const queues = new Map<string, number | undefined>();
    for (const { queue = DEFAULT_QUEUE, concurrency } of this.#byName.values())
      queues.set(queue, concurrency ?? queues.get(queue));
    return queues;
  }

  #add(name: string, entry: TaskEntry): void {
    const other = this.#byName.get(name);
    if (other)
      throw new DuplicateTaskError(
        `task '${name}' has two handlers, ${other.owner} and ${entry.owner}: ` +
          'give one of them another name, or remove it',
      );
    this.#byName.set(name, entry);
  }
}

function refuseConflicts(entries: readonly TaskEntry[]): void {
  const first = new Map<string, TaskEntry>();
  for (const entry of entries) {
    if (entry.concurrency === undefined) continue;
    const queue = entry.queue ?? DEFAULT_QUEUE;
    const other = first.get(queue);
    if (other && other.concurrency !== entry.concurrency)
      throw new QueueConcurrencyConflictError(
        `queue '${queue}' is given concurrency ${other.concurrency} by ${other.owner} and ` +
          `${entry.concurrency} by ${entry.owner}: a queue has one concurrency, name it once`,
      );
    first.set(queue, entry);
  }
}
