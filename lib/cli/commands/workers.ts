import type { WorkerList, WorkerRow } from '../../dashboard/contract/index.js';
import type { Command } from '../command.js';
import { type Column, tableLines } from '../table.js';
import { since, span } from '../words.js';

const columns = (now: number): Column<WorkerRow>[] => [
  { title: 'WORKER', text: ({ host, pid }) => `${host}:${pid}` },
  { title: 'VERSION', text: ({ version = '' }) => version },
  { title: 'UP', text: ({ startedAt }) => span(now - Date.parse(startedAt)), right: true },
  { title: 'RUNNING', text: ({ runningCount }) => String(runningCount), right: true },
  {
    title: 'LOOP DELAY',
    text: ({ eventLoopDelayMs: ms }) => (ms === undefined ? '' : span(ms)),
    right: true,
  },
  { title: 'BEAT', text: ({ beatAt }) => since(beatAt, now), right: true },
  { title: 'FETCH', text: ({ fetchedAt }) => since(fetchedAt, now), right: true },
  { title: 'QUEUES', text: ({ queues }) => queues.map(queueText).join(' '), cut: true },
];

function queueText({ name, slotsInUse, concurrency }: WorkerRow['queues'][number]): string {
  return concurrency === undefined ? name : `${name}(${slotsInUse ?? 0}/${concurrency})`;
}

export const workersCommand: Command = {
  name: 'workers',
  words: '',
  about: 'Live worker processes.',
  takes: [0, 0],
  run: async ({ client, terminal, show }) => {
    const reply = await client.get<WorkerList>('workers');
    show(reply, () =>
      reply.workers.length === 0
        ? ['no workers']
        : tableLines(terminal, columns(terminal.now()), reply.workers),
    );
  },
};
