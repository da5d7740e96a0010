import type { AttemptError } from './errors.js';
import type { RunError } from './ports/record.js';

/** A failed attempt as its job shows it. */
export function attemptError({ attempt, at, message, stack }: RunError): AttemptError {
  return { attempt, at: new Date(at), message, stack };
}
