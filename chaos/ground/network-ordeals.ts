import type { FaultProxy } from '../../test/support/servers/fault-proxy.js';
import type { Ordeal } from './ground.js';
import { pause } from './pause.js';

/** What networks do to those who trust them. */
export function networkOrdeals(proxy: FaultProxy): Record<string, Ordeal> {
  const passing = async (ms: number): Promise<void> => {
    await pause(ms);
    proxy.heal();
  };
  return {
    slow: async () => {
      proxy.delay(60);
      await passing(700);
    },
    crumbs: async () => {
      proxy.crumble(7);
      await passing(500);
    },
    resets: async () => {
      for (let round = 0; round < 4; round += 1) {
        proxy.reset();
        await pause(120);
      }
    },
    'cut off': async () => {
      proxy.refuse();
      await passing(1_300);
    },
    silence: async () => {
      proxy.swallow();
      await passing(1_300);
    },
    'half open': async () => {
      proxy.hush();
      await pause(300);
    },
    'cut in the middle': async () => {
      proxy.cutAfter('toServer', 300);
      await pause(100);
      proxy.cutAfter('toClient', 300);
      await pause(100);
    },
  };
}
