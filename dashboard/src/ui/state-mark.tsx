import type { JobState } from '#contract';
import { stateName } from '../format/states.js';
import { Icon } from './icon.js';

export type AnyState = JobState | 'waiting';

/** A state by colour, sign and word: none of them alone has to tell it. */
export function StateMark({ state }: { readonly state: AnyState }) {
  return (
    <span className={`state state-${state}`}>
      <Icon name={state} size={12} />
      {stateName(state)}
    </span>
  );
}
