import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readReceipt } from '../../../../lib/adapters/redis/broker/receipts.js';
import { writeSession } from '../../../../lib/adapters/redis/broker/session-text.js';
import { packClaimNames } from '../../../../lib/adapters/redis/broker/work-request.js';
import { Script } from '../../../../lib/adapters/redis/scripts/script.js';
import { messageOf, openSite, QUEUE, SiteWorker } from './broker-site.js';

const site = openSite();

it('moves claims to a session that is open then, so that they come back when it dies', async () => {
  const prefix = randomUUID();
  const broker = await site.broker(prefix);
  const old = await SiteWorker.open(broker);
  const survivor = await SiteWorker.open(broker, 100);
  await broker.enqueue([messageOf('a')]);
  const names = (await old.claim(1)).map(({ receipt }) => readReceipt(receipt));
  // What it has asked for before is long gone: the process was frozen, and is killed right after this.
  const to = { session: 'to', leaseMs: 100, host: 'host', pid: 7, queues: [QUEUE] };

  const packed = packClaimNames(names.filter((name) => name !== undefined));
  const about = writeSession(to);
  await new Script('broker/reclaim').call(
    site.admin,
    `{${prefix}}`,
    old.session,
    'to',
    packed,
    to.leaseMs,
    about,
  );

  await expect
    .poll(
      async () => {
        await broker.beat(survivor.session);
        return (await survivor.claim(1)).map(({ id }) => id);
      },
      { timeout: 5_000, interval: 20 },
    )
    .toEqual(['a']);
});
