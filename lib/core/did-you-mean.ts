/** Farther than this share of the word's length, a guess would only confuse. */
const FARTHEST_SHARE = 0.4;

/** Shorter words are part of too many others. */
const SHORTEST_PART = 4;

/** The candidate that was probably meant, if one is close enough to say so. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  return nearest(word, candidates) ?? candidates.find((candidate) => isPart(word, candidate));
}

/** `retries` for `maxRetries`, `leaseMs` for `lease`. */
function isPart(word: string, candidate: string): boolean {
  const [shorter, longer] = [word.toLowerCase(), candidate.toLowerCase()].sort(
    (a, b) => a.length - b.length,
  );
  return (
    shorter !== undefined && shorter.length >= SHORTEST_PART && longer?.includes(shorter) === true
  );
}

function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length * FARTHEST_SHARE)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Letters to insert, delete, replace, or swap with their neighbour, to come from one word to the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(beforePrevious, column - 2) + 1 : Infinity,
      );
    }
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
