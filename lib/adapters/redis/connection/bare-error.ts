/** How the driver says that the connection broke while an answer was due. */
const BROKEN = /^(Reached the max retries per request|Command aborted due to connection close)/;

/**
 * What went wrong, without what the driver hangs on: the command and its arguments, which hold payloads
 * and, of a greeting, the password.
 */
export function bareError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const broken = BROKEN.test(error.message);
  const bare = new Error(broken ? 'the connection broke before it answered' : error.message);
  bare.name = error.name;
  return 'code' in error ? Object.assign(bare, { code: error.code }) : bare;
}
