import type { Created, JobDetail, JobsPage, ShownValue } from '../../dashboard/contract/index.js';
import { type Command, segment } from '../command.js';
import { usage } from '../failure.js';
import { fieldLines, tableLines } from '../table.js';
import { harmless, painted, type Terminal } from '../terminal.js';
import { since, span } from '../words.js';
import { FILTER_OPTIONS, filterOf, integerOf } from './filter.js';
import { jobColumns } from './job-columns.js';

const jobsCommand: Command = {
  name: 'jobs',
  words: '',
  about: 'Jobs, newest first; those that wait: next to run first.',
  takes: [0, 0],
  options: {
    ...FILTER_OPTIONS,
    limit: { type: 'string', value: '<n>', about: 'at most; default 50' },
    cursor: { type: 'string', value: '<cursor>', about: "go on where 'next' says" },
  },
  example: "jobs --state failed --q 'task:mail'",
  run: async ({ client, terminal, given, show }) => {
    const limit = integerOf(given, 'limit')?.toString();
    const page = await client.get<JobsPage>('jobs', {
      ...filterOf(given),
      limit,
      cursor: given.text('cursor'),
    });
    show(page, () => pageLines(terminal, page));
  },
};

function pageLines(terminal: Terminal, { items, next, scanned }: JobsPage): string[] {
  const looked = `looked at ${scanned.looked} of ${scanned.of}`;
  const more = next === undefined ? [] : [`more: --cursor '${harmless(next)}' (${looked})`];
  if (items.length === 0) return next === undefined ? ['no jobs'] : more;
  return [...tableLines(terminal, jobColumns(terminal.now()), items), ...more];
}

const jobCommand: Command = {
  name: 'job',
  words: '<id>',
  about: 'All that is known of a job.',
  takes: [1, 1],
  run: async ({ client, terminal, given, show }) => {
    const job = await client.get<JobDetail>(`jobs/${segment(given.words[0] ?? '')}`);
    show(job, () => jobLines(terminal, job));
  },
};

function jobLines(terminal: Terminal, job: JobDetail): string[] {
  const now = terminal.now();
  const fields = fieldLines(terminal, [
    ['id', job.id],
    ['task', job.task],
    ['queue', job.queue],
    ['state', job.state],
    ['attempt', `${job.attempt} of ${job.maxRetries + 1}`],
    ['crashes', job.crashes === 0 ? undefined : String(job.crashes)],
    ['group', job.groupId],
    ['chain', job.chainId],
    ['schedule', job.scheduleId],
    ['error', job.error],
    ['payload', valueText(job.payload)],
    ['result', job.result && valueText(job.result)],
    ['progress', job.progress && valueText(job.progress)],
    ['trace', job.traceLink],
  ]);
  const timeline = job.timeline.map(({ at, label }) => `  ${at}  ${label} (${since(at, now)})`);
  const attempts = job.attempts.map(({ attempt, state, durationMs, worker, error }) => {
    const parts = [durationMs === undefined ? '' : span(durationMs), worker ?? '', error ?? ''];
    return `  ${attempt}  ${state}  ${parts
      .filter((part) => part !== '')
      .map(harmless)
      .join('  ')}`;
  });
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', painted(terminal, 'bold', title), ...lines];
  return [
    ...fields,
    ...titled('Timeline', timeline),
    ...titled('Attempts', attempts),
    ...titled(
      'Log',
      job.logs.map((line) => `  ${harmless(line)}`),
    ),
  ];
}

function valueText({ value, raw, cut }: ShownValue): string {
  const text = raw === undefined ? JSON.stringify(value) : `base64 ${raw}`;
  return cut ? `${text} …` : text;
}

const enqueueCommand: Command = {
  name: 'enqueue',
  words: '<task> [payload]',
  about: 'Enqueues a job; the payload is JSON.',
  takes: [1, 2],
  options: {
    id: { type: 'string', value: '<id>', about: 'an id of your own' },
    queue: { type: 'string', value: '<queue>', about: "default: the task's" },
  },
  example: `enqueue mail '{"to":"ada@example.com"}'`,
  run: async ({ client, given, show }) => {
    const [task, said] = given.words;
    const payload = said === undefined ? undefined : payloadOf(said);
    const job = { task, payload, id: given.text('id'), queue: given.text('queue') };
    const reply = await client.post<Created>('jobs', job);
    show(reply, () => [reply.id]);
  },
};

function payloadOf(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    throw usage(`the payload is no JSON: ${said}`);
  }
}

export const jobCommands: readonly Command[] = [jobsCommand, jobCommand, enqueueCommand];
