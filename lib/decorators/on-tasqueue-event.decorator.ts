import type { TasqueueEvent, TasqueueEventName } from '../core/events.js';
import { declare, type DecoratorOf } from './task-metadata.accessor.js';

export interface TasqueueEventOptions {
  /** The named Tasqueue instance to listen to. Default: the one without a name. */
  readonly instance?: string | undefined;
}

/**
 * Calls the method with each event of this name, `'*'` for all. Nothing waits for it; one that throws
 * is logged and harms nobody.
 */
export function OnTasqueueEvent(
  event: TasqueueEventName | '*',
  options: TasqueueEventOptions = {},
): DecoratorOf<(event: TasqueueEvent) => unknown> {
  return declare('@OnTasqueueEvent', { kind: 'listener', event, instance: options.instance });
}
