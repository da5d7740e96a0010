import { decodeValue } from '../../lib/core/encoded-value.js';
import { jsonCodec } from '../../lib/core/json-codec.js';
import type { StoredRecord } from '../../lib/core/ports/record.js';
import { memberId } from '../../lib/core/workflow/job-ids.js';
import { outcomeOf, type Work } from '../workload/work.js';
import type { Evidence } from './evidence.js';
import type { Forebear, Kin } from './family.js';
import { actsOn } from './fate-of-jobs.js';
import { type Violation, wrong } from './violation.js';

/** What each job made of its payload and of what it was handed is its result. */
export function values(evidence: Evidence): Violation[] {
  return [...evidence.kin.values()].flatMap((kin) => {
    const record = evidence.records.get(kin.id);
    if (kin.what.kind !== 'job' || record?.kind !== 'job' || record.status !== 'successful')
      return [];
    if (isMoved(evidence, kin)) return [];
    // oxlint-disable-next-line no-unsafe-type-assertion -- all payloads are made by the workload
    const { add } = kin.what.spec.payload as Work;
    const expected = outcomeOf(add, handedOn(evidence, kin));
    const found = resultOf(record);
    return found === expected
      ? []
      : [wrong(kin.id, `its result is ${String(found)}, and should be ${expected}`)];
  });
}

/** Something was done to those whose results it was handed, perhaps before it was, perhaps after. */
function isMoved(evidence: Evidence, kin: Kin): boolean {
  const relatives = kin.forebears.flatMap(({ id }) => {
    const record = evidence.records.get(id);
    return record?.kind === 'plan' ? record.memberIds : [];
  });
  const acts = [...actsOn(evidence, kin), ...relatives.flatMap((id) => evidence.ledger.actsOn(id))];
  return acts.length > 0;
}

function handedOn(evidence: Evidence, { forebears }: Kin): unknown {
  const [nearest, ...others] = forebears;
  if (nearest === undefined) return undefined;
  const { id, as, index } = nearest;
  if (as === 'step') return index === 0 ? undefined : resultOfStep(evidence, id, index - 1);
  // Each member of a group that is a step is handed what the step is.
  if (as === 'member') return stepBefore(evidence, others[0]);
  return ofEnd(evidence, nearest);
}

function stepBefore(evidence: Evidence, step: Forebear | undefined): unknown {
  if (step?.as !== 'step' || step.index === 0) return undefined;
  return resultOfStep(evidence, step.id, step.index - 1);
}

function resultOfStep(evidence: Evidence, chainId: string, index: number): unknown {
  const own = evidence.kin.get(chainId)?.what;
  const spec = own?.kind === 'chain' ? own.spec.steps[index] : undefined;
  const id = memberId(chainId, index, spec?.kind === 'job' ? spec.options.id : spec?.id);
  return resultsOf(evidence, id);
}

/** What a callback is handed. */
function ofEnd(evidence: Evidence, { id, as }: Forebear): unknown {
  const record = evidence.records.get(id);
  const what = evidence.kin.get(id)?.what;
  if (what?.kind === 'chain') {
    const steps = record?.kind === 'plan' ? record.marks.indexOf('failed') : 0;
    return steps > 0 ? resultOfStep(evidence, id, steps - 1) : undefined;
  }
  return what?.kind === 'job' && as === 'error' ? undefined : resultsOf(evidence, id);
}

/** Of a job its own, of a group those of its members, in order. */
function resultsOf(evidence: Evidence, id: string): unknown {
  const record = evidence.records.get(id);
  if (record?.kind !== 'plan') return resultOf(record);
  return record.memberIds.map((member) => resultOf(evidence.records.get(member)) ?? null);
}

function resultOf(record: StoredRecord | undefined): unknown {
  if (record?.kind !== 'job' || record.status !== 'successful') return undefined;
  return record.result && decodeValue(jsonCodec, record.result);
}
