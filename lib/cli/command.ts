import type { DashboardClient } from './dashboard-client.js';
import type { Terminal } from './terminal.js';

/** What the user said after the command's name. */
export interface Given {
  readonly words: readonly string[];
  readonly text: (option: string) => string | undefined;
  readonly flag: (option: string) => boolean;
}

/** What a command works with. */
export interface Run {
  readonly client: DashboardClient;
  readonly terminal: Terminal;
  readonly given: Given;
  /** Writes the reply as JSON when asked for by `--json`, else as these lines. */
  readonly show: (reply: unknown, lines: () => readonly string[]) => void;
}

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly about: string;
  /** In the help: `--limit <n>`. */
  readonly value?: string | undefined;
}

export interface Command {
  readonly name: string;
  /** What follows the name: `<id>`, `[id…]`. */
  readonly words: string;
  readonly about: string;
  /** Words it needs at least, and takes at most. */
  readonly takes: readonly [least: number, most: number];
  readonly options?: Readonly<Record<string, CommandOption>> | undefined;
  readonly example?: string | undefined;
  readonly run: (run: Run) => Promise<void>;
}

/** One segment of a path, whatever the id holds. */
export const segment = encodeURIComponent;
