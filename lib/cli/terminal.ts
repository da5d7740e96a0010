/** Where the program writes, and how. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Columns; undefined where the output is no terminal: nothing is cut there. */
  readonly width: number | undefined;
  readonly colours: boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

export function painted(terminal: Terminal, colour: Colour | undefined, text: string): string {
  return terminal.colours && colour ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text;
}

/** What a server sends may hold anything; a terminal would obey it. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
