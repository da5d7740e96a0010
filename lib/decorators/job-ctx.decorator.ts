import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { JobContext } from '../core/job-context.js';

/** Where a handler's arguments stand in `ExecutionContext.getArgs()`. */
const CONTEXT_INDEX = 1;

/** Picks the `JobContext` as this argument. */
export const JobCtx: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.getArgByIndex<JobContext>(CONTEXT_INDEX),
);
