import { ENDS } from './mutations/ends.js';
import { OUTCOMES } from './mutations/outcomes.js';
import type { RuleMutation } from './mutations/rule-mutation.js';
import { WORKERS } from './mutations/workers.js';

/** The ways to switch the delivery rules off, in the order of the rules. */
export const MUTATIONS: readonly RuleMutation[] = [...OUTCOMES, ...ENDS, ...WORKERS];
