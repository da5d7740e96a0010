import type { Fleet } from '../fleet/fleet.js';
import type { Ground } from '../ground/ground.js';
import type { Scenario } from './scripts.js';

/** Where a lane plays its seeds. */
export interface Stage {
  readonly ground: Ground;
  readonly fleet: Fleet;
  /** What may go wrong, by name. */
  readonly faults: readonly string[];
  readonly scenario: Scenario;
}
