/** One piece of a query between spaces. */
export interface Token {
  /** What stands before the first colon that is not quoted; undefined for a free word. */
  readonly qualifier?: string | undefined;
  /** Without its quotes. */
  readonly text: string;
  /** It, or its value, stood in quotes: nothing within has a meaning of its own. */
  readonly quoted: boolean;
}

/** An opening quote that is never closed. */
export class UnclosedQuote {
  constructor(readonly at: number) {}
}

const SPACE = /\s/;

/** Cuts a query at its spaces, except for those within double quotes, where `\"` is a quote. */
export function tokensOf(query: string): Token[] | UnclosedQuote {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (SPACE.test(query.charAt(at))) at++;
    else {
      const read = readToken(query, at);
      if (read instanceof UnclosedQuote) return read;
      tokens.push(read.token);
      at = read.end;
    }
  }
  return tokens;
}

function readToken(query: string, from: number): { token: Token; end: number } | UnclosedQuote {
  let qualifier: string | undefined;
  let text = '';
  let quoted = false;
  let at = from;
  while (at < query.length && !SPACE.test(query.charAt(at))) {
    const letter = query.charAt(at);
    if (letter === '"') {
      const read = readQuoted(query, at);
      if (read instanceof UnclosedQuote) return read;
      text += read.text;
      quoted = true;
      at = read.end;
    } else if (letter === ':' && qualifier === undefined && !quoted) {
      qualifier = text;
      text = '';
      at++;
    } else {
      text += letter;
      at++;
    }
  }
  return { token: { qualifier, text, quoted }, end: at };
}

function readQuoted(query: string, from: number): { text: string; end: number } | UnclosedQuote {
  let text = '';
  for (let at = from + 1; at < query.length; at++) {
    const letter = query.charAt(at);
    if (letter === '"') return { text, end: at + 1 };
    const next = query.charAt(at + 1);
    if (letter === '\\' && (next === '"' || next === '\\')) {
      text += next;
      at++;
    } else text += letter;
  }
  return new UnclosedQuote(from);
}
