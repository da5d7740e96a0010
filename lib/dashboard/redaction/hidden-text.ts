export const REDACTED = '[redacted]';

/** `name` in a line of text, up to what it is set to. */
const ASSIGNED =
  /([\p{L}\p{N}_-]{1,64})(["']?\s{0,4}[:=]\s{0,4})("[^"]*"|'[^']*'|(?:(?:Bearer|Basic) )?[^\s,;&"']+)/gu;

/** The password in the address of a server. */
const IN_ADDRESS = /(:\/\/[^\s:/@]{0,200}:)[^\s@/]{1,200}@/g;

const SIGN = /[:=]/;

/** A line of a log, a message or a stack, without what is set to a hidden name in it. */
export function redactedText(text: string, isHidden: (name: string) => boolean): string {
  if (!SIGN.test(text)) return text;
  return text
    .replaceAll(IN_ADDRESS, `$1${REDACTED}@`)
    .replaceAll(ASSIGNED, (whole: string, name: string, sign: string) =>
      isHidden(name) ? `${name}${sign}${REDACTED}` : whole,
    );
}
