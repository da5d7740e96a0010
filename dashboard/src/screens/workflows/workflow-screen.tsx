import type { Workflow } from '#contract';
import { useWorkflow } from '../../api/queries.js';
import { count } from '../../format/numbers.js';
import { Link } from '../../shell/link.js';
import { hrefOf, workflowHref } from '../../shell/place.js';
import { Loaded } from '../../ui/loaded.js';
import { Panel } from '../../ui/panel.js';
import { Screen } from '../../ui/screen.js';
import { StateMark } from '../../ui/state-mark.js';
import { Callbacks } from './callbacks.js';
import { ChainPicture } from './chain-picture.js';
import { GroupPicture } from './group-picture.js';
import { tally } from './tally.js';
import { WorkflowActions } from './workflow-actions.js';

export function WorkflowScreen({ id }: { readonly id: string }) {
  const query = useWorkflow(id);
  const workflow = query.data;
  return (
    <Screen
      title={id}
      above={<Trail workflow={workflow} />}
      side={workflow && <WorkflowActions workflow={workflow} />}
    >
      <Loaded query={query}>{(shown) => <Picture workflow={shown} />}</Loaded>
    </Screen>
  );
}

function Trail({ workflow }: { readonly workflow: Workflow | undefined }) {
  return (
    <p className="trail">
      <Link href={hrefOf('workflows')}>Groups and chains</Link>
      {workflow?.chainId !== undefined && (
        <>
          <span aria-hidden="true">/</span>
          <Link href={workflowHref(workflow.chainId)} className="id">
            {workflow.chainId}
          </Link>
        </>
      )}
      {workflow && <StateMark state={workflow.state} />}
    </p>
  );
}

function Picture({ workflow }: { readonly workflow: Workflow }) {
  const { kind, nodes, of, callbacks } = workflow;
  const noun = kind === 'chain' ? 'Steps' : 'Members';
  return (
    <>
      <Panel title={`${noun}: ${count(of)}`} side={<p className="soft num">{tally(nodes)}</p>}>
        {kind === 'chain' ? <ChainPicture nodes={nodes} /> : <GroupPicture nodes={nodes} />}
        {nodes.length < of && (
          <p className="panel-note">The first {count(nodes.length)} are shown.</p>
        )}
      </Panel>
      <Callbacks callbacks={callbacks} />
    </>
  );
}
