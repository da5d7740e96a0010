import type { Mutation } from '../../support/mutation/mutation.js';

/** One way to switch a delivery rule off; the tests in `spec` have to notice. */
export interface RuleMutation extends Mutation {
  readonly rule: number;
  /** What the engine then does. */
  readonly name: string;
  readonly spec: string;
}

/** What the engine then does; in which file of `lib`; what stands there; what is to stand there instead. */
type Row = readonly [name: string, file: string, find: string, replace: string];

export function ofRule(rule: number, spec: string, rows: readonly Row[]): RuleMutation[] {
  return rows.map(([name, file, find, replace]) => ({
    rule,
    name,
    file: `lib/${file}`,
    find,
    replace,
    spec: `test/rules/${spec}.spec.ts`,
  }));
}
