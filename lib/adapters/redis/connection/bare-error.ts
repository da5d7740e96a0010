/**
 * What went wrong, without what the driver hangs on: the command and its arguments, which hold payloads
 * and, of a greeting, the password.
 */
export function bareError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const bare = new Error(error.message);
  bare.name = error.name;
  return 'code' in error ? Object.assign(bare, { code: error.code }) : bare;
}
