import { diag } from '@opentelemetry/api';

/** A processor or sampler of the application's that throws is no reason for a job to fail. */
export function safely<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    diag.error('nestjs-tasqueue: a span could not be made or ended', error);
    return undefined;
  }
}
