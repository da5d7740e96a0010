import type { JobMessage } from '../../job-message.js';
import { fingerprintOf } from '../failures/fingerprint.js';
import { anywhere, meets, patternOf, type Pattern } from './pattern.js';
import { passesAt } from './payload-path.js';
import type { Field, Query, Term } from './query.js';

export type JobTest = (job: JobMessage) => boolean;

/** Of a payload, so much is looked through for free words. */
const LONGEST_TEXT = 65_536;

/** Whether a job is what the query asks for. */
export function matcher({ terms }: Query): JobTest {
  const tests = terms.map(testOf);
  return (job) => tests.every((holds) => holds(job));
}

function testOf(term: Term): JobTest {
  if (term.kind === 'word') return wordTest(term.text);
  const { value } = term;
  if (term.kind === 'field') return fieldTest(term.field, value);
  if (term.part === 'header') return ({ headers }) => isMet(value, headers[term.path]);
  const path = term.path.split('.');
  return ({ payload }) => passesAt(payload, path, (found) => isMet(value, found));
}

const VALUES: Readonly<Record<Exclude<Field, 'error'>, (job: JobMessage) => unknown>> = {
  task: ({ task }) => task,
  queue: ({ queue }) => queue,
  id: ({ id }) => id,
  group: ({ groupId }) => groupId,
  chain: ({ chainId }) => chainId,
  schedule: ({ scheduleId }) => scheduleId,
  fingerprint: ({ task, prevError }) => prevError && fingerprintOf(task, prevError),
};

function fieldTest(field: Field, value: Pattern): JobTest {
  // The exact words of an error are nobody's to remember.
  if (field === 'error') return holding(value, errorOf);
  return (job) => isMet(value, VALUES[field](job));
}

function wordTest(word: string): JobTest {
  const pattern = patternOf(word, true);
  const tests = [
    holding(pattern, ({ id }) => id),
    holding(pattern, ({ task }) => task),
    holding(pattern, errorOf),
    holding(pattern, ({ payload }) => textOf(payload)),
  ];
  return (job) => tests.some((holds) => holds(job));
}

/** The text holds it, in small or capital letters. */
function holding(value: Pattern, textOfJob: (job: JobMessage) => string): JobTest {
  const pattern = anywhere(value);
  return (job) => meets(pattern, textOfJob(job).toLowerCase());
}

/** By its text: `payload.n:5` is met by 5 and by '5'. */
function isMet(pattern: Pattern, value: unknown): boolean {
  if (typeof value === 'string') return meets(pattern, value);
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? meets(pattern, String(value))
    : false;
}

function errorOf({ prevError }: JobMessage): string {
  return prevError ?? '';
}

/** As JSON, which is what people see of it; bytes have no words. */
function textOf(payload: unknown): string {
  if (payload === undefined || payload instanceof Uint8Array) return '';
  if (typeof payload === 'string') return payload.slice(0, LONGEST_TEXT);
  try {
    return (JSON.stringify(payload) ?? '').slice(0, LONGEST_TEXT);
  } catch {
    // A codec of the user's own may give what JSON cannot say.
    return '';
  }
}
