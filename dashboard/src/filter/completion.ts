import { QUALIFIERS, quoted } from './qualifiers.js';

/** Names that are known, by the qualifier that takes them. */
export interface KnownNames {
  readonly tasks: readonly string[];
  readonly queues: readonly string[];
}

export interface Suggestion {
  /** What the word at the cursor becomes. */
  readonly text: string;
  readonly hint?: string;
  /** Nothing has to follow. */
  readonly whole: boolean;
}

const MOST = 12;

/** The word that ends at the cursor: where it begins. */
function wordStart(text: string, caret: number): number {
  let start = 0;
  let inQuotes = false;
  for (let at = 0; at < caret; at += 1) {
    if (text[at] === '"' && text[at - 1] !== '\\') inQuotes = !inQuotes;
    else if (/\s/.test(text[at] ?? '') && !inQuotes) start = at + 1;
  }
  return start;
}

/** What the word at the cursor may become. */
export function suggest(text: string, caret: number, names: KnownNames): Suggestion[] {
  const word = text.slice(wordStart(text, caret), caret);
  const [, qualifier, value] = /^(task|queue):(.*)$/.exec(word) ?? [];
  if (qualifier === 'task') return suggestValues('task:', value ?? '', names.tasks);
  if (qualifier === 'queue') return suggestValues('queue:', value ?? '', names.queues);
  return QUALIFIERS.filter((one) => one.text.startsWith(word) && one.text !== word).map((one) => ({
    ...one,
    whole: false,
  }));
}

function suggestValues(qualifier: string, typed: string, names: readonly string[]): Suggestion[] {
  const wanted = typed.replaceAll('"', '').toLowerCase();
  return names
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, MOST)
    .map((name) => ({ text: `${qualifier}${quoted(name)}`, whole: true }));
}

/** The text with the word at the cursor replaced, and where the cursor is then. */
export function complete(text: string, caret: number, { text: by, whole }: Suggestion) {
  const inserted = whole ? `${by} ` : by;
  const start = wordStart(text, caret);
  return {
    text: text.slice(0, start) + inserted + text.slice(caret).trimStart(),
    caret: start + inserted.length,
  };
}
