import type { Ground } from '../ground/ground.js';
import { JournalPage, realNow, type Stamped } from '../worker/journal.js';
import type { Fate } from '../worker/orders.js';
import type { Fleet, Site, Worker } from './fleet.js';
import { Machine } from './machine.js';

/** Workers in this process, for stores that are in it, too. */
export class MachineFleet implements Fleet {
  #site: Site | undefined;
  #machines: Machine[] = [];
  #hired = 0;
  #lines: Stamped[] = [];

  constructor(private readonly ground: Ground) {}

  get workers(): readonly Worker[] {
    return this.#machines;
  }

  async begin(site: Site): Promise<void> {
    this.#site = site;
    this.#machines = [];
    this.#lines = [];
  }

  async hire(fate: Fate): Promise<void> {
    const site = this.#site;
    if (site === undefined) throw new Error('there is no work yet');
    const pid = (this.#hired += 1);
    const journal = new JournalPage(realNow, pid, this.#lines);
    const stores = await this.ground.open(site.name);
    const machine = new Machine(pid, stores, { terms: site.terms, fate, journal });
    this.#machines.push(machine);
    await machine.start();
  }

  async rest(): Promise<void> {
    await Promise.all(this.#machines.map((machine) => machine.rest()));
  }

  journal(): readonly Stamped[] {
    return this.#lines;
  }

  troubles(): readonly string[] {
    return [];
  }

  async close(): Promise<void> {
    for (const machine of this.#machines) await machine.kill();
  }
}
