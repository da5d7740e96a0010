/** A change of one source file that breaks what a test guards. */
export interface Mutation {
  /** From the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** Names the mutation, as JSON, to a run of the tests that is to suffer it. */
export const MUTATION_VARIABLE = 'TASQUEUE_MUTATION';

/** Throws when the source has moved on, so that the mutation would change nothing, or too much. */
export function mutated(source: string, { file, find, replace }: Mutation): string {
  const parts = source.split(find);
  if (parts.length !== 2)
    throw new Error(
      `${file} holds ${parts.length - 1} times, and not once, what the mutation changes: ${find}`,
    );
  return parts.join(replace);
}
