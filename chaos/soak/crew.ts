import { Member } from './member.js';
import type { Footprint, Part } from './protocol.js';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';

/** The processes under load. Those that `veterans` names live from the first minute to the last. */
export interface Crew {
  veterans(): Promise<Readonly<Record<string, Footprint>>>;
  /** A worker ends, one way or another, and a new one comes. */
  restart(): Promise<void>;
  /** Nothing more is enqueued. */
  quiet(): Promise<void>;
  /** What they have printed. */
  readonly output: string;
  end(): Promise<void>;
}

/** A caller and two workers, one of which is deployed anew or killed, turn about. */
export async function processes(
  folder: string,
  stores: StoresAddress,
  rate: number,
): Promise<Crew> {
  const worker: Part = { stores, works: true, rate: 0 };
  const veteran = await Member.start(folder, worker);
  let recruit = await Member.start(folder, worker);
  const caller = await Member.start(folder, { stores, works: false, rate });
  let turns = 0;
  return {
    veterans: async () => ({
      worker: await veteran.footprint(),
      caller: await caller.footprint(),
    }),
    restart: async () => {
      turns += 1;
      await (turns % 2 === 0 ? recruit.kill() : recruit.retire());
      recruit = await Member.start(folder, worker);
    },
    quiet: async () => void (await caller.ask('quiet')),
    get output() {
      return veteran.output + recruit.output + caller.output;
    },
    end: async () => {
      await Promise.all(
        [veteran, recruit, caller].map((member) => member.ask('rest').catch(() => undefined)),
      );
      await Promise.all([veteran, recruit, caller].map((member) => member.kill()));
    },
  };
}

/** One process that is everything, and stops and starts its workers. */
export async function alone(folder: string, rate: number): Promise<Crew> {
  const all = await Member.start(folder, { stores: undefined, works: true, rate });
  return {
    veterans: async () => ({ process: await all.footprint() }),
    restart: async () => void (await all.ask('turn')),
    quiet: async () => void (await all.ask('quiet')),
    get output() {
      return all.output;
    },
    end: async () => {
      await all.ask('rest').catch(() => undefined);
      await all.kill();
    },
  };
}
