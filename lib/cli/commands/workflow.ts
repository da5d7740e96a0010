import type { Changed, Workflow, WorkflowNode } from '../../dashboard/contract/index.js';
import { type Command, segment } from '../command.js';
import { usage } from '../failure.js';
import { harmless, painted, type Terminal } from '../terminal.js';
import { colourOf, jobs } from '../words.js';

export const workflowCommand: Command = {
  name: 'workflow',
  words: '<id>',
  about: 'A group or a chain with its members.',
  takes: [1, 1],
  options: {
    'retry-failed': { type: 'boolean', about: 'run its failed members again' },
    cancel: { type: 'boolean', about: 'cancel what has not ended of it' },
  },
  run: async ({ client, terminal, given, show }) => {
    const path = `workflows/${segment(given.words[0] ?? '')}`;
    const [retry, cancel] = [given.flag('retry-failed'), given.flag('cancel')];
    if (retry && cancel) throw usage('expected --retry-failed or --cancel, got both');
    if (!retry && !cancel) {
      const workflow = await client.get<Workflow>(path);
      show(workflow, () => workflowLines(terminal, workflow));
      return;
    }
    const reply = await client.post<Changed>(`${path}/${retry ? 'retry-failed' : 'cancel'}`);
    show(reply, () => [retry ? `retried ${jobs(reply.changed)}` : cancelledText(reply)]);
  },
};

function cancelledText({ changed }: Changed): string {
  return changed === 0 ? 'it had ended already' : 'cancelled';
}

function workflowLines(terminal: Terminal, workflow: Workflow): string[] {
  const { id, kind, state, nodes, of, callbacks } = workflow;
  const more = of > nodes.length ? [`  … and ${of - nodes.length} more`] : [];
  return [
    `${kind} ${harmless(id)}: ${state}`,
    ...nodes.flatMap((node) => nodeLines(terminal, node, '  ')),
    ...more,
    ...callbacks.map(
      ({ on, task, state: of_, id: job }) => `  on ${on}: ${harmless(`${task} ${job}`)} ${of_}`,
    ),
  ];
}

function nodeLines(terminal: Terminal, node: WorkflowNode, indent: string): string[] {
  const { id, kind, state, task, error, members = [] } = node;
  const colour = state === 'waiting' ? 'dim' : colourOf(state);
  const what = harmless(`${task ?? kind} ${id}`);
  const why = error === undefined ? '' : `  ${harmless(error)}`;
  return [
    `${indent}${painted(terminal, colour, state.padEnd(10))}  ${what}${why}`,
    ...members.flatMap((member) => nodeLines(terminal, member, `${indent}  `)),
  ];
}
