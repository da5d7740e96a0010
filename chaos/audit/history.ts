import type { Stamped } from '../worker/journal.js';
import type { Act, Life } from '../workload/ledger.js';
import type { Evidence } from './evidence.js';

/** Everything that is known of one id, in the order of time, for whoever has to find out why. */
export function historyOf(evidence: Evidence, id: string, beganAt: number): string[] {
  const { ledger, journal, kin, records, messages } = evidence;
  const forebears = kin.get(id)?.forebears.map((forebear) => forebear.id) ?? [];
  const own = records.get(id);
  const members = own?.kind === 'plan' ? own.memberIds : [];
  const ids = [id, ...forebears, ...members];
  const lines = [
    ...ids.flatMap((one) => (ledger.lives.has(one) ? asked(ledger.lives.get(one)) : [])),
    ...ids.flatMap((one) => ledger.actsOn(one).map((act) => done(one, act))),
    ...journal.filter((entry) => !('id' in entry) || ids.includes(entry.id)).map(told),
  ].sort((a, b) => a.at - b.at);
  const record = records.get(id);
  const message = messages.get(id);
  return [
    ...lines.map(({ at, text }) => `${String(Math.round(at - beganAt)).padStart(6)} ms  ${text}`),
    `in the end: ${record === undefined ? 'no record' : shown(record)}`,
    ...(message === undefined ? [] : [`in the broker: ${shown(message)}`]),
  ];
}

interface Line {
  readonly at: number;
  readonly text: string;
}

function asked(life: Life | undefined): Line[] {
  if (life === undefined) return [];
  const { id, what, askedAt, acceptedAt } = life;
  const options = what.kind === 'job' ? ` ${JSON.stringify(what.spec.options)}` : '';
  const payload = what.kind === 'job' ? ` ${JSON.stringify(what.spec.payload)}` : '';
  return [
    { at: askedAt, text: `the ${what.kind} '${id}' is enqueued${options}${payload}` },
    ...(acceptedAt === undefined ? [] : [{ at: acceptedAt, text: `'${id}' is confirmed` }]),
  ];
}

function done(id: string, { verb, askedAt, answeredAt, answer }: Act): Line {
  const reply =
    answeredAt === undefined
      ? 'no answer'
      : `${answer} after ${Math.round(answeredAt - askedAt)} ms`;
  return { at: askedAt, text: `${verb} '${id}': ${reply}` };
}

function told(entry: Stamped): Line {
  const { at, pid, ...rest } = entry;
  return { at, text: `process ${pid}: ${JSON.stringify(rest)}` };
}

/** Bytes, and what is long and tells a reader nothing. */
const HIDDEN = new Set(['body', 'result', 'progress', 'stack']);

function shown(value: object): string {
  return JSON.stringify(value, (key, inner: unknown) => (HIDDEN.has(key) ? undefined : inner));
}
