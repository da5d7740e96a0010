import { createHash } from 'node:crypto';

/** What tells two errors apart stands at the start: the rest may be a dump of data. */
const LONGEST_PART = 500;
const LENGTH = 12;

/** A quote within a word, as in "can't", opens nothing. */
const QUOTED = /(?<!\w)(?:"[^"]*"|'[^']*'|`[^`]*`)(?!\w)/g;
/** Numbers, and ids: whatever of one word holds a digit. */
const NUMBERED = /[\w-]*\d[\w-]*/g;

/** The same for errors of one task that differ at most in numbers, ids and quoted values. */
export function fingerprintOf(task: string, message: string): string {
  return createHash('sha256')
    .update(`${task}\n${shapeOf(message)}`)
    .digest('hex')
    .slice(0, LENGTH);
}

function shapeOf(message: string): string {
  return message
    .slice(0, LONGEST_PART)
    .replaceAll(QUOTED, "''")
    .replaceAll(NUMBERED, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
