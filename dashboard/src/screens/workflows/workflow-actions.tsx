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

export function WorkflowActions({
  workflow: { id, kind, state: stateNow, nodes },
}: {
  readonly workflow: Workflow;
}) {
  const can = useRights();
  const [asks, setAsks] = useState(false);
  const jobs = jobsOf(nodes);
  const failed = jobs.filter(({ state }) => state === 'failed').length;
  const open = jobs.filter(({ state }) => !ENDED.has(state)).length;
  const retry = useAct({
    act: () => post<Changed>(workflowPath(id, 'retry-failed')),
    done: ({ changed }) => `${some(changed, 'job')} retried.`,
  });
  const cancel = useAct({
    act: () => post<Changed>(workflowPath(id, 'cancel')),
    done: () => `The rest of ${id} is cancelled.`,
  });
  return (
    <>
      {failed > 0 && can('job.retry') && (
        <Button icon="retry" disabled={retry.isPending} onClick={() => retry.mutate()}>
          {`Retry ${some(failed, 'failed job')}`}
        </Button>
      )}
      {stateNow === 'processing' && open > 0 && can('job.cancel') && (
        <Button icon="cancel" tone="danger" onClick={() => setAsks(true)}>
          Cancel the rest
        </Button>
      )}
      {asks && (
        <Confirm
          title={`Cancel ${some(open, 'job')}?`}
          yes={`Cancel ${some(open, 'job')}`}
          danger
          onYes={() => cancel.mutate()}
          onClose={() => setAsks(false)}
        >
          <p>What has not ended in this {kind} is told to stop, or never starts.</p>
        </Confirm>
      )}
    </>
  );
}
