import { MUTATIONS } from '../../rules/mutations.js';
import type { RuleMutation } from '../../rules/mutations/rule-mutation.js';

/** A rule, or a part of it, that can be switched off: `rule-07`, `rule-07.2`. */
export interface Switch {
  readonly name: string;
  readonly rule: number;
  /** What the engine then does. */
  readonly does: string;
  readonly mutations: readonly RuleMutation[];
}

const RULES = [...new Set(MUTATIONS.map(({ rule }) => rule))];
const nameOf = (rule: number): string => `rule-${String(rule).padStart(2, '0')}`;

/** Parts behind which the others of their rule cannot show: whole, a rule is switched off without them. */
const HIDING: ReadonlySet<string> = new Set([
  // It takes the branch away that the next part changes, and the next delivery makes up for it.
  'settles as the handler ended, not as the record stands',
]);

/** Each rule whole: all its parts off at once. */
export const WHOLE: readonly Switch[] = RULES.map((rule) => {
  const mutations = MUTATIONS.filter((one) => one.rule === rule && !HIDING.has(one.name));
  const does = mutations.map(({ name }) => name).join('; ');
  return { name: nameOf(rule), rule, does, mutations };
});

/** Each part of each rule by itself. */
export const PARTS: readonly Switch[] = RULES.flatMap((rule) =>
  MUTATIONS.filter((mutation) => mutation.rule === rule).map((mutation, index) => ({
    name: `${nameOf(rule)}.${index + 1}`,
    rule,
    does: mutation.name,
    mutations: [mutation],
  })),
);

/** Throws for a name that is none. */
export function switchNamed(name: string): Switch {
  const found = [...WHOLE, ...PARTS].find((one) => one.name === name);
  if (found) return found;
  throw new Error(
    `no such rule: ${name}; rules are named ${nameOf(1)} to ${nameOf(15)}, their parts ${nameOf(1)}.1 …`,
  );
}
