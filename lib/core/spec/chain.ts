import { refuse } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import { name } from '../validation/values.js';
import { allWithHeaders, headers, stepWithHeaders, type Headers } from './headers.js';
import type { ChainSpec, GroupSpec, JobSpec } from './job-spec.js';
import { jobs, repeatedIds, steps as stepsCheck } from './spec-checks.js';
import type { LastResult } from './task-types.js';

export interface ChainOptions {
  /** The chain's own id. Default: a generated one. */
  readonly id?: string | undefined;
  /** Enqueued when a step fails, each with the last successful step's result as `prevJobResult`. */
  readonly onError?: readonly JobSpec[] | undefined;
  /** Inherited by its steps and callbacks, whose own keys win. */
  readonly headers?: Headers | undefined;
}

export const CHAIN_OPTIONS: Table<ChainOptions> = { id: name, onError: jobs, headers };

const checkOptions = shape(CHAIN_OPTIONS);

const FEWEST_STEPS = 2;

/**
 * Describes two or more steps (jobs, or groups) that run one after the other, each with the result of
 * the one before as `prevJobResult`. A failing step ends it. Throws InvalidOptionsError.
 */
export function chain<const Steps extends readonly (JobSpec | GroupSpec)[]>(
  steps: Steps,
  options: ChainOptions = {},
): ChainSpec<LastResult<Steps>> {
  refuse('chain()', [
    ...stepsCheck(steps, 'steps'),
    ...tooFew(steps),
    ...checkOptions(options, ''),
  ]);
  refuse('chain()', repeatedIds(options.id, steps));
  return Object.freeze({
    kind: 'chain' as const,
    ...(options.id !== undefined && { id: options.id }),
    steps: Object.freeze(steps.map((step) => stepWithHeaders(step, options.headers))),
    onError: allWithHeaders(options.onError ?? [], options.headers),
  });
}

function tooFew(steps: unknown): readonly string[] {
  return Array.isArray(steps) && steps.length < FEWEST_STEPS
    ? [
        `steps: expected ${FEWEST_STEPS} or more, got ${steps.length} (enqueue a single job by itself)`,
      ]
    : [];
}
