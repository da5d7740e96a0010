import { closeSync, openSync, writeSync } from 'node:fs';
import type { JobRecord } from '../../lib/core/ports/record.js';

/** The fence of an outcome, and what it was. */
export type Outcome = Pick<JobRecord, 'id' | 'generation' | 'run' | 'status' | 'finishedAt'>;

/** What a process tells of what it does, when it does it. `at`: real time, epoch ms, whatever its clock says. */
export type Entry =
  | {
      readonly kind: 'start';
      readonly id: string;
      readonly queue: string;
      readonly attempt: number;
      readonly retried: number;
      readonly whole: boolean;
    }
  | {
      readonly kind: 'end';
      readonly id: string;
      readonly queue: string;
      readonly retried: number;
      readonly how: 'done' | 'thrown' | 'stopped';
    }
  | { readonly kind: 'told'; readonly id: string; readonly of: string }
  | ({ readonly kind: 'outcome' } & Outcome)
  | { readonly kind: 'death'; readonly where: string };

export type Stamped = Entry & { readonly at: number; readonly pid: number };

/** Where a process writes: each line is on its way to the disk before it goes on. */
export interface Journal {
  write(entry: Entry): void;
}

/** Goes right when the clock of its process is wrong. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A file that one process alone appends to. */
export class JournalFile implements Journal {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  write(entry: Entry): void {
    writeSync(this.#file, `${JSON.stringify({ ...entry, at: realNow(), pid: process.pid })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Keeps what is written in this process, for those who are not another one. */
export class JournalPage implements Journal {
  constructor(
    private readonly now: () => number,
    private readonly pid: number,
    private readonly lines: Stamped[],
  ) {}

  write(entry: Entry): void {
    this.lines.push({ ...entry, at: this.now(), pid: this.pid });
  }
}
