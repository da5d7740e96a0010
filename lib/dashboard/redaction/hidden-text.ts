export const REDACTED = '[redacted]';

/** `name=`, `"name": ` in a line of text. */
const NAMED = /([\p{L}\p{N}_-]{1,64})["']?\s{0,4}[:=]\s{0,4}/gu;

/** What it is set to. */
const VALUE = /"[^"]*"|'[^']*'|(?:(?:Bearer|Basic) )?[^\s,;&"']+/y;

/** The password in the address of a server. */
const IN_ADDRESS = /(:\/\/[^\s:/@]{0,200}:)[^\s@/]{1,200}@/g;

const SIGN = /[:=]/;

/** A line of a log, a message or a stack, without what is set to a hidden name in it. */
export function redactedText(text: string, isHidden: (name: string) => boolean): string {
  if (!SIGN.test(text)) return text;
  const clean = text.replaceAll(IN_ADDRESS, `$1${REDACTED}@`);
  let redacted = '';
  let from = 0;
  for (const { 0: sign, 1: name = '', index } of clean.matchAll(NAMED)) {
    // It lies within what has been hidden.
    if (index < from || !isHidden(name)) continue;
    const start = index + sign.length;
    VALUE.lastIndex = start;
    const value = VALUE.exec(clean)?.[0] ?? '';
    if (value === '') continue;
    redacted += clean.slice(from, start) + REDACTED;
    from = start + value.length;
  }
  return redacted + clean.slice(from);
}
