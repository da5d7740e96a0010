import { HttpException } from '@nestjs/common';

/** From here on the fault is the server's, and another try may help. */
const FIRST_SERVER_ERROR = 500;

/** What a guard or a pipe said against a job: it fails at once, for the same answer would come again. */
export interface Refusal {
  /** As thrown; filters see it. */
  readonly error: unknown;
  readonly reason: string;
}

/** The refusal in what a guard or a pipe threw; undefined where it just broke. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof HttpException && error.getStatus() < FIRST_SERVER_ERROR
    ? { error, reason: reasonOf(error) }
    : undefined;
}

/** ValidationPipe keeps what is wrong in the response, behind a message that says nothing. */
function reasonOf(error: HttpException): string {
  const response = error.getResponse();
  const details: unknown =
    typeof response === 'object' && 'message' in response ? response.message : undefined;
  if (Array.isArray(details)) return details.map(String).join('; ');
  return typeof details === 'string' ? details : error.message;
}
