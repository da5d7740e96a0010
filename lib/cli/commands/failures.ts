import type { FailureGroup, Failures } from '../../dashboard/contract/index.js';
import type { Command, Run } from '../command.js';
import { type Column, tableLines } from '../table.js';
import { since } from '../words.js';

const columns = (now: number): Column<FailureGroup>[] => [
  { title: 'COUNT', text: ({ count }) => String(count), right: true },
  { title: 'TASK', text: ({ task }) => task },
  { title: 'LAST', text: ({ lastAt }) => since(lastAt, now), right: true },
  { title: 'FIRST', text: ({ firstAt }) => since(firstAt, now), right: true },
  { title: 'FINGERPRINT', text: ({ fingerprint }) => fingerprint },
  { title: 'ERROR', text: ({ message }) => message, colour: () => 'red', cut: true },
];

export const failuresCommand: Command = {
  name: 'failures',
  words: '',
  about: 'Failed jobs by task and error, most first.',
  takes: [0, 0],
  options: { q: { type: 'string', value: '<query>', about: 'qualifiers and words' } },
  example: "retry --state failed --q 'fingerprint:…' --yes",
  run: async (run) => {
    const groups = await allGroups(run);
    const { terminal } = run;
    run.show({ groups }, () =>
      groups.length === 0 ? ['no failures'] : tableLines(terminal, columns(terminal.now()), groups),
    );
  },
};

async function allGroups({ client, given }: Run): Promise<FailureGroup[]> {
  const groups = new Map<string, FailureGroup>();
  let cursor: string | undefined;
  do {
    const step = await client.get<Failures>('failures', { q: given.text('q'), cursor });
    for (const group of step.groups) {
      const key = JSON.stringify([group.task, group.fingerprint]);
      groups.set(key, joined(groups.get(key), group));
    }
    cursor = step.next;
  } while (cursor !== undefined);
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** Steps go from the newest to the oldest. */
function joined(newer: FailureGroup | undefined, older: FailureGroup): FailureGroup {
  if (newer === undefined) return older;
  return { ...newer, count: newer.count + older.count, firstAt: older.firstAt };
}
