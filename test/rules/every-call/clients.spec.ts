import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { Machine } from '../../support/faults/machine.js';
import { atEveryCall, DEATHS } from '../../support/faults/mishap.js';
import { Site } from '../../support/faults/site.js';

const LATER = { delay: 60_000 };
const later = job('work', undefined, LATER);
const DONE = { onComplete: [job('end')] };

const PLANS: readonly [string, (client: Machine['client']) => Promise<unknown>][] = [
  ['group', (client) => client.enqueueGroup(group([later, later], { id: 'p', ...DONE }))],
  [
    'chain',
    (client) => client.enqueueChain(chain([group([later, later], DONE), later], { id: 'p' })),
  ],
];

describe.each([
  ['that a worker has seen', true, (): Site => new Site()],
  ['that no worker has seen', false, (): Site => Site.modest({ atomicEnqueue: false })],
])('what is cancelled or deleted, and %s:', (_, seen, aSite) => {
  describe.each(PLANS)('a %s', (__, enqueue) => {
    /** It waits, for two clients and a worker to come. */
    async function waiting() {
      const site = aSite();
      const ran: string[] = [];
      const run = (____: never, ctx: { id: string }): number => ran.push(ctx.id);
      const machine = (): Machine => site.machine().task('work', run).task('end', run);
      const { client } = await machine().connect();
      await enqueue(client);
      const worker = await machine().connect();
      if (seen) {
        await worker.runner.start();
        await site.settle();
        await worker.runner.stop();
      }
      const dying = await site.machine({ role: 'producer' }).connect();
      return { site, ran, client, dying, worker };
    }

    it.each(['cancel', 'deleteJob'] as const)(
      'is finished by the next %s, wherever the client of the first one dies',
      async (act) => {
        await atEveryCall(DEATHS, async (mishap) => {
          const { site, ran, client, dying, worker } = await waiting();
          mishap.awaits(dying);
          void dying.client[act]('p').catch(() => {});
          await site.settle();
          await client[act]('p').catch(notFound);
          await worker.runner.start();
          await site.clock.advance(120_000);
          // The callback of a group that was cancelled runs, and nothing else.
          expect(ran.filter((id) => !id.includes(':complete:'))).toEqual([]);
          expect(ran.length).toBeLessThanOrEqual(1);
        });
      },
    );

    it.each(['cancel', 'deleteJob'] as const)(
      'ends, wherever the client of its %s dies',
      async (act) => {
        await atEveryCall(DEATHS, async (mishap) => {
          const { site, ran, client, dying, worker } = await waiting();
          mishap.awaits(dying);
          void dying.client[act]('p').catch(() => {});
          await site.settle();
          await worker.runner.start();
          await site.clock.advance(200_000);
          const message = await client
            .getGroup('p')
            .catch(() => client.getChain('p').catch(notFound));
          expect(message?.status).not.toBe('processing');
          expect(new Set(ran).size).toBe(ran.length);
        });
      },
    );
  });
});

/** Word that what is to be deleted is deleted. */
function notFound(error: unknown): undefined {
  if (!(error instanceof NotFoundError)) throw error;
  return undefined;
}
