/** How a run of the program may end. */
export const EXIT = {
  ok: 0,
  /** The server refused, or some of what was asked could not be done. */
  refused: 1,
  /** The command cannot be understood. */
  usage: 2,
  /** No dashboard answers at this address. */
  unreachable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the program with a message and without a stack: the user can do something about it. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
  }
}

export function usage(message: string): Failure {
  return new Failure(message, EXIT.usage);
}
