import { describe } from 'vitest';
import { changes } from './changes.js';
import { jobs } from './jobs.js';
import { lists } from './lists.js';
import { processes } from './processes.js';
import { schedules } from './schedules.js';
import type { StoresWorld } from './stores-world.js';
import { workflows } from './workflows.js';

/** What a user does, end to end, on one pair of stores. `open` gives an empty pair. */
export function describeStores(name: string, open: () => StoresWorld): void {
  describe(`on ${name}`, () => {
    jobs(open);
    workflows(open);
    changes(open);
    schedules(open);
    lists(open);
    processes(open);
  });
}
