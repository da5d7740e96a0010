import type {
  Changed,
  Created,
  ScheduleList,
  ScheduleRow,
} from '../../dashboard/contract/index.js';
import { type Command, segment } from '../command.js';
import { type Column, tableLines } from '../table.js';
import { since } from '../words.js';

const columns = (now: number): Column<ScheduleRow>[] => [
  { title: 'ID', text: ({ id }) => id },
  { title: 'TASK', text: ({ task }) => task },
  { title: 'WHEN', text: ({ words, cron }) => `${words} (${cron})`, cut: true },
  { title: 'ZONE', text: ({ timezone = 'UTC' }) => timezone },
  {
    title: 'NEXT',
    text: ({ paused, nextAt }) => (paused ? 'paused' : since(nextAt[0], now)),
    colour: ({ paused }) => (paused ? 'yellow' : undefined),
    right: true,
  },
  { title: 'LAST', text: ({ lastRuns }) => lastRuns[0]?.state ?? '' },
  { title: 'ERROR', text: ({ lastError = '' }) => lastError, colour: () => 'red', cut: true },
];

const schedulesCommand: Command = {
  name: 'schedules',
  words: '',
  about: 'All schedules with their next slots.',
  takes: [0, 0],
  run: async ({ client, terminal, show }) => {
    const reply = await client.get<ScheduleList>('schedules');
    show(reply, () => tableLines(terminal, columns(terminal.now()), reply.schedules));
  },
};

function turn(verb: 'pause' | 'resume', about: string): Command {
  return {
    name: `${verb}-schedule`,
    words: '<id>',
    about,
    takes: [1, 1],
    run: async ({ client, given, show }) => {
      const [id = ''] = given.words;
      const reply = await client.post<Changed>(`schedules/${segment(id)}/${verb}`);
      show(reply, () => [`${verb}d '${id}'`]);
    },
  };
}

const runCommand: Command = {
  name: 'run-schedule',
  words: '<id>',
  about: 'Runs a schedule once, now, beside its slots; tells the id of the run.',
  takes: [1, 1],
  run: async ({ client, given, show }) => {
    const [id = ''] = given.words;
    const reply = await client.post<Created>(`schedules/${segment(id)}/run-now`);
    show(reply, () => [reply.id]);
  },
};

const removeCommand: Command = {
  name: 'remove-schedule',
  words: '<id>',
  about: 'Ends a schedule; its runs stay.',
  takes: [1, 1],
  run: async ({ client, given, show }) => {
    const [id = ''] = given.words;
    const reply = await client.delete<Changed>(`schedules/${segment(id)}`);
    show(reply, () => [`removed '${id}'`]);
  },
};

export const scheduleCommands: readonly Command[] = [
  schedulesCommand,
  turn('pause', 'No slots of a schedule until it is resumed.'),
  turn('resume', 'Ends the pause of a schedule.'),
  runCommand,
  removeCommand,
];
