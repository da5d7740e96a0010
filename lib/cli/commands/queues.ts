import type { Changed, Cleared, QueueList, QueueRow } from '../../dashboard/contract/index.js';
import { type Command, segment } from '../command.js';
import { usage } from '../failure.js';
import { type Column, tableLines } from '../table.js';
import { jobs, span } from '../words.js';

export const queueColumns: readonly Column<QueueRow>[] = [
  { title: 'QUEUE', text: ({ name }) => name, cut: true },
  { title: 'QUEUED', text: ({ counts }) => String(counts.queued), right: true },
  { title: 'SCHEDULED', text: ({ counts }) => String(counts.scheduled), right: true },
  { title: 'RETRYING', text: ({ counts }) => String(counts.retrying), right: true },
  { title: 'RUNNING', text: ({ counts }) => String(counts.processing), right: true },
  {
    title: 'FAILED',
    text: ({ counts }) => String(counts.failed),
    colour: ({ counts }) => (counts.failed > 0 ? 'red' : undefined),
    right: true,
  },
  { title: 'WAIT', text: ({ latencyMs }) => span(latencyMs), right: true },
  { title: 'PER S', text: ({ throughputPerSecond: rate }) => rate.toFixed(1), right: true },
  { title: 'WORKERS', text: ({ workers }) => String(workers), right: true },
  { title: '', text: ({ paused }) => (paused ? 'paused' : ''), colour: () => 'yellow' },
];

const queuesCommand: Command = {
  name: 'queues',
  words: '',
  about: 'All queues with how they stand.',
  takes: [0, 0],
  run: async ({ client, terminal, show }) => {
    const reply = await client.get<QueueList>('queues');
    show(reply, () => tableLines(terminal, queueColumns, reply.queues));
  },
};

function turn(verb: 'pause' | 'resume', about: string): Command {
  return {
    name: verb,
    words: '<queue>',
    about,
    takes: [1, 1],
    run: async ({ client, given, show }) => {
      const [queue = ''] = given.words;
      const reply = await client.post<Changed>(`queues/${segment(queue)}/${verb}`);
      show(reply, () => [`${verb}d '${queue}'`]);
    },
  };
}

const clearCommand: Command = {
  name: 'clear',
  words: '<queue>',
  about: 'Deletes what waits in a queue.',
  takes: [1, 1],
  options: { yes: { type: 'boolean', about: 'do it: without it, only the number is told' } },
  run: async ({ client, given, show }) => {
    const [queue = ''] = given.words;
    const { queues } = await client.get<QueueList>('queues');
    const counts = queues.find(({ name }) => name === queue)?.counts;
    const waiting = counts ? counts.queued + counts.scheduled + counts.retrying : 0;
    if (!given.flag('yes'))
      throw usage(`this deletes ${jobs(waiting)} that wait in '${queue}': add --yes to do it`);
    const reply = await client.post<Cleared>(`queues/${segment(queue)}/clear`);
    show(reply, () => [`deleted ${jobs(reply.deleted)} of '${queue}'`]);
  },
};

const concurrencyCommand: Command = {
  name: 'concurrency',
  words: '<queue> <n>',
  about: 'Handlers at once in each live worker process, until it restarts.',
  takes: [2, 2],
  run: async ({ client, given, show }) => {
    const [queue = '', said = ''] = given.words;
    if (!/^[1-9]\d{0,5}$/.test(said)) throw usage(`expected an integer, 1 or more, got '${said}'`);
    const body = { concurrency: Number(said) };
    const reply = await client.post<Changed>(`queues/${segment(queue)}/concurrency`, body);
    show(reply, () => [`'${queue}' runs ${said} at once in each worker process`]);
  },
};

export const queueCommands: readonly Command[] = [
  queuesCommand,
  turn('pause', 'Starts nothing more of a queue, in any process.'),
  turn('resume', 'Ends the pause of a queue.'),
  clearCommand,
  concurrencyCommand,
];
