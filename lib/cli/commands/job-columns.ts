import type { JobRow } from '../../dashboard/contract/index.js';
import type { Column } from '../table.js';
import { colourOf, since } from '../words.js';

/** A list of jobs, as seen now. */
export function jobColumns(now: number): Column<JobRow>[] {
  return [
    { title: 'ID', text: ({ id }) => id },
    { title: 'TASK', text: ({ task }) => task },
    { title: 'QUEUE', text: ({ queue }) => queue },
    { title: 'STATE', text: ({ state }) => state, colour: ({ state }) => colourOf(state) },
    {
      title: 'ATTEMPT',
      text: ({ attempt, maxRetries }) => `${attempt}/${maxRetries + 1}`,
      right: true,
    },
    { title: 'WHEN', text: (job) => since(whenOf(job), now), right: true },
    { title: 'ERROR', text: ({ error = '' }) => error, cut: true },
  ];
}

function whenOf({ dueAt, finishedAt, processedAt, enqueuedAt }: JobRow): string {
  return dueAt ?? finishedAt ?? processedAt ?? enqueuedAt;
}
