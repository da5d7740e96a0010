import assert from 'node:assert/strict';
import { bodies } from './conformance/broker/bodies.js';
import type { BrokerWorld } from './conformance/broker/broker-world.js';
import { claiming } from './conformance/broker/claiming.js';
import { counts } from './conformance/broker/counts.js';
import { dueTimes } from './conformance/broker/due-times.js';
import { enqueue } from './conformance/broker/enqueue.js';
import { fences } from './conformance/broker/fences.js';
import { knownIds } from './conformance/broker/known-ids.js';
import { names } from './conformance/broker/names.js';
import { newcomers } from './conformance/broker/newcomers.js';
import { notices } from './conformance/broker/notices.js';
import { pages } from './conformance/broker/pages.js';
import { pausing } from './conformance/broker/pausing.js';
import { priorities } from './conformance/broker/priorities.js';
import { reclaiming } from './conformance/broker/reclaiming.js';
import { removing } from './conformance/broker/removing.js';
import { replacing } from './conformance/broker/replacing.js';
import { type BrokerCases, Scene } from './conformance/broker/scene.js';
import { schedules } from './conformance/broker/schedules.js';
import { sessions } from './conformance/broker/sessions.js';
import { settling } from './conformance/broker/settling.js';
import { sharing } from './conformance/broker/sharing.js';
import { sweeping } from './conformance/broker/sweeping.js';
import { waiting } from './conformance/broker/waiting.js';
import { testFramework, type TestFramework } from './conformance/test-framework.js';

export type { BrokerWorld } from './conformance/broker/broker-world.js';

const GROUPS: Readonly<Record<string, BrokerCases>> = {
  enqueueing: enqueue,
  'known ids': knownIds,
  replacing,
  claiming,
  settling,
  'stale receipts': fences,
  'waiting for work': waiting,
  'sharing work': sharing,
  'due times': dueTimes,
  schedules,
  priorities,
  sessions,
  'dead sessions': sweeping,
  'newcomers and gaps': newcomers,
  reclaiming,
  'removing and finding': removing,
  pausing,
  counts,
  pages,
  notices,
  'ids and names': names,
  bodies,
};

/**
 * Tries a broker against all that `Broker` promises, in a fresh world of `factory` per case. Leases
 * are short, so that it takes about a minute where time really passes.
 *
 * Takes `describe`, `it`, `beforeEach` and `afterEach` from the global scope, or from `framework`.
 *
 * ```ts
 * describeBroker('MyBroker', async () => ({
 *   broker: new MyBroker(url, { prefix }),
 *   another: async () => new MyBroker(url, { prefix }),
 *   pass: (ms) => setTimeout(ms),
 *   dispose: () => dropEverything(prefix),
 * }));
 * ```
 */
export function describeBroker(
  name: string,
  factory: () => Promise<BrokerWorld>,
  framework?: TestFramework,
): void {
  const { describe, it, beforeEach, afterEach } = testFramework(framework);
  const current: { scene?: Scene | undefined } = {};

  const open = async (): Promise<void> => {
    current.scene = new Scene(await factory());
    await current.scene.begin();
  };
  const close = async (): Promise<void> => {
    await current.scene?.end();
    current.scene = undefined;
  };
  const tryCases = (cases: BrokerCases): void => {
    for (const [title, show] of Object.entries(cases))
      it(title, () => show(current.scene ?? assert.fail('there is no broker to try')));
  };

  describe(`${name}, as a broker`, () => {
    beforeEach(open);
    afterEach(close);
    for (const [title, cases] of Object.entries(GROUPS)) describe(title, () => tryCases(cases));
  });
}
