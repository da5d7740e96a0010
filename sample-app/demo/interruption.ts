/** Someone wants the demo to end: by ctrl-C, or by a signal from elsewhere. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/** What shells report of a program that such a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Fires on the first signal. Further ones change nothing: draining takes no longer than a handler. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [name, exitCode] of Object.entries(EXIT_CODES))
    process.on(name, () => controller.abort(new InterruptedError(exitCode)));
  return controller.signal;
}
