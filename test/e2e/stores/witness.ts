import { vi } from 'vitest';

const LONGEST_MS = 20_000;

/** Sees what handlers run, in whichever process, and lets those that hold go on. */
export class Witness {
  readonly #seen: { readonly task: string; readonly payload: unknown }[] = [];
  readonly #held = new Map<string, () => void>();

  see(task: string, payload: unknown): void {
    this.#seen.push({ task, payload });
  }

  /** Payloads of the runs of this task, in the order of their starts. */
  of(task: string): unknown[] {
    return this.#seen.filter((run) => run.task === task).map(({ payload }) => payload);
  }

  /** Waits for `free`, or for the signal. */
  release(name: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#held.set(name, resolve);
      const interrupted = (): void => reject(new Error('interrupted', { cause: signal.reason }));
      signal.addEventListener('abort', interrupted, { once: true });
    });
  }

  free(name: string): void {
    this.#held.get(name)?.();
  }

  /** Once the condition holds; rejects with what it threw last. */
  static eventually<T>(condition: () => T | Promise<T>): Promise<T> {
    return vi.waitFor(condition, { timeout: LONGEST_MS, interval: 20 });
  }
}
