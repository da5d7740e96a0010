import type { ChainSpec, GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';
import { followUpId, memberId, type End } from '../../lib/core/workflow/job-ids.js';
import type { Life } from '../workload/ledger.js';

/** One job, group or chain that may come of what was asked for. */
export interface Kin {
  readonly id: string;
  readonly what:
    | { readonly kind: 'job'; readonly spec: JobSpec }
    | { readonly kind: 'group'; readonly spec: GroupSpec }
    | { readonly kind: 'chain'; readonly spec: ChainSpec };
  /** Whose member, step or follow-up it is; what is done to one of them is done to this one, too. */
  readonly forebears: readonly Forebear[];
}

/** The nearest comes first. `as`: what its descendant is to it. */
export interface Forebear {
  readonly id: string;
  readonly as: 'member' | 'step' | End;
  readonly index: number;
}

/** Everyone who may come of it, itself first; of a schedule nobody, as its runs have names of their own. */
export function familyOf({ id, what }: Life): Kin[] {
  return what.kind === 'schedule' ? [] : kinOf(id, what, []);
}

function kinOf(id: string, what: Kin['what'], forebears: readonly Forebear[]): Kin[] {
  const self: Kin = { id, what, forebears };
  const children = (as: Forebear['as'], specs: readonly (JobSpec | GroupSpec)[]): Kin[] =>
    specs.flatMap((spec, index) => {
      const own = spec.kind === 'job' ? spec.options.id : spec.id;
      const name =
        as === 'member' || as === 'step'
          ? memberId(id, index, own)
          : followUpId(id, as, index, own);
      const child: Kin['what'] =
        spec.kind === 'job' ? { kind: 'job', spec } : { kind: 'group', spec };
      return kinOf(name, child, [{ id, as, index }, ...forebears]);
    });
  if (what.kind === 'job') {
    const { onSuccess = [], onError = [] } = what.spec.options;
    return [self, ...children('success', onSuccess), ...children('error', onError)];
  }
  if (what.kind === 'chain')
    return [self, ...children('step', what.spec.steps), ...children('error', what.spec.onError)];
  const { members, onSuccess, onError, onComplete } = what.spec;
  return [
    self,
    ...children('member', members),
    ...children('success', onSuccess),
    ...children('error', onError),
    ...children('complete', onComplete),
  ];
}
