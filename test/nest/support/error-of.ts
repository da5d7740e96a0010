/** The error that this ends in. */
export async function errorOf(answer: Promise<unknown>): Promise<Error> {
  let result: unknown;
  try {
    result = await answer;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error(`expected a failure, got ${JSON.stringify(result)}`);
}
