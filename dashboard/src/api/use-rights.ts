import type { Action } from '#contract';
import { useVisitor } from './queries.js';

/** Whether this visitor may do something; a button that may not be pressed is not shown. */
export function useRights(): (action: Action) => boolean {
  const actions = useVisitor().data?.actions ?? [];
  return (action) => actions.includes(action);
}
