import { Inject } from '@nestjs/common';
import {
  getTasqueueAdminToken,
  getTasqueueEventsToken,
  getTasqueueRunnerToken,
  getTasqueueToken,
} from '../providers/tasqueue.tokens.js';

type InjectDecorator = ReturnType<typeof Inject>;

/** Injects the `TasqueueClient` of the instance with this name, or of the one without. */
export function InjectTasqueue(name?: string): InjectDecorator {
  return Inject(getTasqueueToken(name));
}

/** Injects the `TasqueueAdmin` of the instance with this name, or of the one without. */
export function InjectTasqueueAdmin(name?: string): InjectDecorator {
  return Inject(getTasqueueAdminToken(name));
}

/** Injects the `TasqueueRunner` of the instance with this name, or of the one without. */
export function InjectTasqueueRunner(name?: string): InjectDecorator {
  return Inject(getTasqueueRunnerToken(name));
}

/** Injects the `TasqueueEvents` of the instance with this name, or of the one without. */
export function InjectTasqueueEvents(name?: string): InjectDecorator {
  return Inject(getTasqueueEventsToken(name));
}
