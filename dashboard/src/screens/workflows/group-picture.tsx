import type { WorkflowNode } from '#contract';
import { NodeBox, NodeTile } from './node.js';

/** More than this are shown as tiles. */
const MOST_BOXES = 24;

interface GroupPictureProps {
  readonly nodes: readonly WorkflowNode[];
  readonly tiles?: boolean;
}

/** Members side by side: they run at the same time. */
export function GroupPicture({ nodes, tiles = nodes.length > MOST_BOXES }: GroupPictureProps) {
  const Shape = tiles ? NodeTile : NodeBox;
  if (nodes.length === 0) return <p className="panel-note">It is empty, and so at its end.</p>;
  return (
    <ol className={tiles ? 'tiles' : 'boxes'}>
      {nodes.map((node, index) => (
        <li key={node.id}>
          <Shape node={node} place={`${index + 1} of ${nodes.length}`} />
        </li>
      ))}
    </ol>
  );
}
