import type { WorkflowNode } from '#contract';

/** `18 successful, 2 failed` */
export function tally(nodes: readonly WorkflowNode[]): string {
  const counts = new Map<string, number>();
  for (const { state } of nodes) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
