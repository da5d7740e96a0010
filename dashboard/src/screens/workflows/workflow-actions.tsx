import { useState } from 'react';
import type { Changed, Workflow, WorkflowNode } from '#contract';
import { workflowPath } from '../../api/paths.js';
import { post } from '../../api/request.js';
import { useAct } from '../../api/use-act.js';
import { useRights } from '../../api/use-rights.js';
import { some } from '../../format/numbers.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';

const ENDED: ReadonlySet<WorkflowNode['state']> = new Set(['successful', 'failed', 'cancelled']);

const jobsOf = (nodes: readonly WorkflowNode[]): WorkflowNode[] =>
  nodes.flatMap((node) => (node.members ? jobsOf(node.members) : [node]));

interface WorkflowProps {
  readonly workflow: Workflow;
}

export function WorkflowActions({ workflow }: WorkflowProps) {
  return (
    <>
      <RetryFailed workflow={workflow} />
      <CancelRest workflow={workflow} />
    </>
  );
}

function RetryFailed({ workflow: { id, nodes } }: WorkflowProps) {
  const can = useRights();
  const failed = jobsOf(nodes).filter(({ state }) => state === 'failed').length;
  const { mutate, isPending } = useAct({
    act: () => post<Changed>(workflowPath(id, 'retry-failed')),
    done: ({ changed }) => `${some(changed, 'job')} retried.`,
  });
  if (failed === 0 || !can('job.retry')) return null;
  return (
    <Button icon="retry" disabled={isPending} onClick={() => mutate()}>
      {`Retry ${some(failed, 'failed job')}`}
    </Button>
  );
}

function CancelRest({ workflow: { id, kind, state: stateNow, nodes } }: WorkflowProps) {
  const can = useRights();
  const [asks, setAsks] = useState(false);
  const open = jobsOf(nodes).filter(({ state }) => !ENDED.has(state)).length;
  const { mutate } = useAct({
    act: () => post<Changed>(workflowPath(id, 'cancel')),
    done: () => `The rest of ${id} is cancelled.`,
  });
  if (stateNow !== 'processing' || open === 0 || !can('job.cancel')) return null;
  return (
    <>
      <Button icon="cancel" tone="danger" onClick={() => setAsks(true)}>
        Cancel the rest
      </Button>
      {asks && (
        <Confirm
          title={`Cancel ${some(open, 'job')}?`}
          yes={`Cancel ${some(open, 'job')}`}
          danger
          onYes={() => mutate()}
          onClose={() => setAsks(false)}
        >
          <p>What has not ended in this {kind} is told to stop, or never starts.</p>
        </Confirm>
      )}
    </>
  );
}
