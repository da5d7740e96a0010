import type { WorkflowNode } from '#contract';
import { stateName } from '../../format/states.js';
import { Link } from '../../shell/link.js';
import { jobHref, workflowHref } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';

interface NodeProps {
  readonly node: WorkflowNode;
  /** `Step 2 of 4` */
  readonly place: string;
}

const hrefOf = ({ kind, id }: WorkflowNode): string =>
  kind === 'group' ? workflowHref(id) : jobHref(id);

/** A job or group as a box: colour, sign and word tell its state; a failed one stands out. */
export function NodeBox({ node, place }: NodeProps) {
  const { id, state, task, error } = node;
  return (
    <Link
      href={hrefOf(node)}
      className={`node tint-${state}${state === 'failed' ? ' node-failed' : ''}`}
    >
      <span className="node-head">
        <span className="node-place">{place}</span>
        <span className="node-state">
          <Icon name={state} size={12} />
          {stateName(state)}
        </span>
      </span>
      <span className="node-task">{task ?? (node.kind === 'group' ? 'Group' : 'Job')}</span>
      <span className="id">{id}</span>
      {error !== undefined && <span className="node-error">{error}</span>}
    </Link>
  );
}

/** A member of many: a tile with its sign, and everything else in its name. */
export function NodeTile({ node, place }: NodeProps) {
  const { id, state, task, error } = node;
  const name = [place, task, id, state, error].filter((word) => word !== undefined).join(', ');
  return (
    <Link
      href={hrefOf(node)}
      className={`tile tint-${state}${state === 'failed' ? ' node-failed' : ''}`}
      aria-label={name}
      title={name}
    >
      <Icon name={state} size={13} />
    </Link>
  );
}
