import type { BulkReply, Changed, CountReply, JobAction } from '../../dashboard/contract/index.js';
import { type Command, type Run, segment } from '../command.js';
import { EXIT, Failure, usage } from '../failure.js';
import { jobs } from '../words.js';
import { type Filter, FILTER_OPTIONS, filterOf } from './filter.js';
import { type Rate, rateOf, UNLIMITED } from './rate.js';

/** Jobs of one step. */
const STEP = 100;

interface Sum {
  readonly done: number;
  readonly skipped: number;
}

interface Verb {
  readonly action: JobAction;
  readonly about: string;
  /** What it has done: `retried`. */
  readonly past: string;
}

function actionCommand(verb: Verb): Command {
  const { action, about } = verb;
  return {
    name: action,
    words: '[id…]',
    about,
    takes: [0, STEP],
    options: {
      ...FILTER_OPTIONS,
      yes: {
        type: 'boolean',
        about: 'do it to all that match: without it, only their number is told',
      },
      rate: { type: 'string', value: '<n>/s', about: 'at most so many a second' },
    },
    example: `${action} --state ${EXAMPLE_STATES[action]} --q 'task:mail' --rate 10/s --yes`,
    run: (run) => act(run, verb),
  };
}

async function act(run: Run, verb: Verb): Promise<void> {
  const { action, past } = verb;
  const { words } = run.given;
  const filter = filterOf(run.given);
  const filtered = filter.state !== undefined || filter.q !== undefined;
  if (words.length > 0 === filtered)
    throw usage(
      `${action}: expected either ids, or --state or --q, got ${filtered ? 'both' : 'neither'}`,
    );
  const rate = rateOf(run.given.text('rate'));
  const [id] = words;
  if (id !== undefined && words.length === 1) return single(run, verb, id);
  const sum = filtered ? await matching(run, action, { filter, rate }) : await named(run, action);
  run.show(sum, () => [`${past} ${jobs(sum.done)}${skippedText(sum)}`]);
  if (!filtered && sum.skipped > 0)
    throw new Failure(
      `${jobs(sum.skipped)} could not be ${past}: they are gone, or in another state`,
      EXIT.refused,
    );
}

async function single({ client, show }: Run, { action, past }: Verb, id: string): Promise<void> {
  const path = `jobs/${segment(id)}`;
  const reply = await (action === 'delete'
    ? client.delete<Changed>(path)
    : client.post<Changed>(`${path}/${action}`));
  show(reply, () => [reply.changed === 0 ? `'${id}' had ended already` : `${past} '${id}'`]);
}

const EXAMPLE_STATES: Readonly<Record<JobAction, string>> = {
  retry: 'failed',
  cancel: 'queued',
  delete: 'cancelled',
  'run-now': 'scheduled',
};

function skippedText({ skipped }: Sum): string {
  return skipped === 0 ? '' : `, skipped ${skipped}`;
}

function named({ client, given }: Run, action: JobAction): Promise<BulkReply> {
  return client.post<BulkReply>('jobs/bulk', { action, ids: given.words });
}

/** Counts first: nobody is to be surprised by the number. */
async function matching(
  run: Run,
  action: JobAction,
  { filter, rate }: { readonly filter: Filter; readonly rate: Rate },
): Promise<Sum> {
  const count = await counted(run, filter);
  if (!run.given.flag('yes'))
    throw usage(`${jobs(count)} match: add --yes to ${action} ${count === 1 ? 'it' : 'them'}`);
  const { client, terminal } = run;
  const limit = Math.min(STEP, Math.max(1, Math.floor(rate.perSecond)));
  let sum: Sum = { done: 0, skipped: 0 };
  let cursor: string | undefined;
  do {
    const step = await client.post<BulkReply>('jobs/bulk', { action, ...filter, cursor, limit });
    sum = { done: sum.done + step.done, skipped: sum.skipped + step.skipped };
    cursor = step.next;
    if (cursor !== undefined && rate !== UNLIMITED)
      await terminal.sleep((step.done / rate.perSecond) * 1_000);
  } while (cursor !== undefined);
  return sum;
}

async function counted({ client }: Run, filter: Filter): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const step = await client.post<CountReply>('jobs/count', { ...filter, cursor });
    count += step.matched;
    cursor = step.next;
  } while (cursor !== undefined);
  return count;
}

const VERBS: readonly Verb[] = [
  { action: 'retry', past: 'retried', about: 'Runs failed or cancelled jobs again.' },
  { action: 'cancel', past: 'cancelled', about: 'Cancels jobs; one id may be a group or chain.' },
  { action: 'delete', past: 'deleted', about: 'Removes jobs and their results.' },
  { action: 'run-now', past: 'made due', about: 'Makes scheduled or retrying jobs due at once.' },
];

export const bulkCommands: readonly Command[] = VERBS.map(actionCommand);
