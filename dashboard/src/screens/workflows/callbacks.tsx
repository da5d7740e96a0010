import type { WorkflowCallback } from '#contract';
import { Panel } from '../../ui/panel.js';
import { NodeBox } from './node.js';

const WORDS: Readonly<Record<WorkflowCallback['on'], string>> = {
  success: 'On success',
  error: 'On error',
  complete: 'When it has ended',
};

/** What follows once all of it has ended. */
export function Callbacks({ callbacks }: { readonly callbacks: readonly WorkflowCallback[] }) {
  if (callbacks.length === 0) return null;
  return (
    <Panel title="Then">
      <ul className="boxes">
        {callbacks.map(({ id, on, task, state }) => (
          <li key={id}>
            <NodeBox node={{ id, kind: 'job', task, state }} place={WORDS[on]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
