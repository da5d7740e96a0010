/** How a promise stands, without waiting for it. */
export interface OutcomeSoFar {
  settled: boolean;
  value?: unknown;
  error?: unknown;
}

export function outcomeOf(promise: Promise<unknown>): OutcomeSoFar {
  const outcome: OutcomeSoFar = { settled: false };
  promise.then(
    (value) => Object.assign(outcome, { settled: true, value }),
    (error: unknown) => Object.assign(outcome, { settled: true, error }),
  );
  return outcome;
}
