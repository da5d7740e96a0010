/** How the driver says that the connection broke under a call. */
const BROKEN =
  /^(Reached the max retries|Command aborted|Connection is closed|Stream isn't writeable|Cluster isn't ready)/;

/**
 * What went wrong, without what the driver hangs on: the command and its arguments, which hold payloads
 * and, of a greeting, the password.
 */
export function bareError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const broken = BROKEN.test(error.message);
  const bare = new Error(broken ? 'the connection broke before an answer came' : error.message);
  bare.name = error.name;
  return 'code' in error ? Object.assign(bare, { code: error.code }) : bare;
}
