import type { TasqueueEvent, TasqueueEventName } from '../core/events.js';
import { declare, type DecoratorOf } from './task-metadata.accessor.js';

export interface TasqueueEventOptions {
  /** The named Tasqueue instance to listen to. Default: the one without a name. */
  readonly instance?: string | undefined;
  /**
   * `all`: also what other processes tell, in each process that listens; needs `events: 'all'` in the
   * options of TasqueueModule, or the bootstrap stops with InvalidOptionsError. Default `own`.
   */
  readonly of?: 'own' | 'all' | undefined;
}

/**
 * Calls the method with each event of this name, `'*'` for all. Nothing waits for it; one that throws
 * is logged and harms nobody.
 */
export function OnTasqueueEvent(
  event: TasqueueEventName | '*',
  { instance, of = 'own' }: TasqueueEventOptions = {},
): DecoratorOf<(event: TasqueueEvent) => unknown> {
  return declare('@OnTasqueueEvent', { kind: 'listener', event, instance, of });
}
