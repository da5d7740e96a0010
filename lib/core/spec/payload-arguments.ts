import type { JobOptions } from './job-spec.js';

/**
 * What follows the task in a call: its payload and the job's options. The payload may be left out
 * where its type admits `undefined`.
 */
export type PayloadArguments<Input> = undefined extends Input
  ? [payload?: Input, options?: JobOptions]
  : [payload: Input, options?: JobOptions];
