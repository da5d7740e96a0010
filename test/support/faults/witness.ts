import { ResultsUnavailableError } from '../../../lib/core/errors.js';
import { isFinal } from '../../../lib/core/job-status.js';
import type { JobRecord } from '../../../lib/core/ports/record.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { Line } from './line.js';

/** One run's outcome, as a store took it. */
type Outcome = Pick<JobRecord, 'id' | 'generation' | 'run' | 'status' | 'finishedAt'>;

/** Sees every outcome that a results store takes, whoever brings it. */
export class Witness {
  readonly outcomes: Outcome[] = [];
  readonly #line = new Line<Results>(ResultsUnavailableError);

  /** The store, seen through. */
  watching(results: Results): Results {
    return this.#line.to(results, {
      put: async (writes) => {
        const replies = await results.put(writes);
        writes.forEach(({ record }, index) => {
          if (replies[index]?.stored === true) this.#note(record);
        });
        return replies;
      },
    });
  }

  /** What became of a job, generation by generation; more than one entry of one breaks the promise. */
  of(id: string): readonly Outcome[] {
    return this.outcomes.filter((outcome) => outcome.id === id);
  }

  /** Throws if a generation of an id had more than one outcome: there must be none, ever. */
  confirm(): void {
    const names = this.outcomes.map(({ id, generation }) => `'${id}' (${generation})`);
    const doubled = names.filter((name, index) => names.indexOf(name) !== index);
    if (doubled.length > 0) throw new Error(`more than one outcome of ${doubled.join(', ')}`);
  }

  /** What is added to an outcome later is no second one. */
  #note({ id, generation, run, status, finishedAt }: JobRecord): void {
    const known = this.of(id).some(
      (other) =>
        other.generation === generation &&
        other.run === run &&
        other.status === status &&
        other.finishedAt === finishedAt,
    );
    if (isFinal(status) && !known) this.outcomes.push({ id, generation, run, status, finishedAt });
  }
}
