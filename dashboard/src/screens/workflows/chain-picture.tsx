import type { WorkflowNode } from '#contract';
import { Icon } from '../../ui/icon.js';
import { GroupPicture } from './group-picture.js';
import { NodeBox } from './node.js';

/** Steps one after the other; a group among them with its members below it. */
export function ChainPicture({ nodes }: { readonly nodes: readonly WorkflowNode[] }) {
  return (
    <ol className="chain">
      {nodes.map((node, index) => (
        <li key={node.id}>
          {index > 0 && (
            <span className="chain-arrow">
              <Icon name="arrow" size={18} />
            </span>
          )}
          <div className="chain-step">
            <NodeBox node={node} place={`Step ${index + 1} of ${nodes.length}`} />
            {node.members && node.members.length > 0 && <GroupPicture nodes={node.members} tiles />}
          </div>
        </li>
      ))}
    </ol>
  );
}
