/** A text to be met whole: its parts in this order, anything between them. */
export interface Pattern {
  readonly parts: readonly string[];
}

/** `*` stands for anything, unless it was quoted. */
export function patternOf(text: string, quoted: boolean): Pattern {
  return { parts: quoted ? [text] : text.split('*') };
}

/** The one text that meets it, where there is only one. */
export function exactText({ parts }: Pattern): string | undefined {
  return parts.length === 1 ? parts[0] : undefined;
}

/** Met by every text that holds something that meets this one, in small or capital letters. */
export function anywhere({ parts }: Pattern): Pattern {
  return { parts: ['', ...parts.map((part) => part.toLowerCase()), ''] };
}

/** In one pass: a regular expression with many stars could take for ever. */
export function meets({ parts }: Pattern, text: string): boolean {
  const [first = ''] = parts;
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
