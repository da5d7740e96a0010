import type { Snapshot } from './snapshot.js';

/** As much of `process.stdout` as is needed. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/** Where the demo shows how the shop stands. */
export interface Screen {
  show(snapshot: Snapshot): void;
  /** The last picture stays. */
  close(): void;
}
