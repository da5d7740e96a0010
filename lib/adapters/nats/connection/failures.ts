/** The server did not answer, or cannot be reached: the request may have taken effect. */
export class NoAnswerError extends Error {}

/** JetStream refused a request. `code` is its own error code, stable over versions. */
export class JetStreamError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    request: string,
  ) {
    super(`JetStream refused ${request}: ${description} (${code})`);
  }
}

/** JetStream's codes for what callers tell apart. */
export const CODES = {
  consumerNotFound: 10014,
  messageNotFound: 10037,
  notEnabled: 10076,
  notEnabledForAccount: 10039,
  streamNameInUse: 10058,
  streamNotFound: 10059,
  wrongLastSequence: 10071,
} as const;

export function hasCode(error: unknown, ...codes: readonly number[]): error is JetStreamError {
  return error instanceof JetStreamError && codes.includes(error.code);
}
