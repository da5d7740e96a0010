import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const JOBS = 5_000;
const site = openSite();

/** Claims, gives some back, settles the rest, until nothing comes any more. Gives the ids settled. */
async function drain(worker: SiteWorker): Promise<readonly string[]> {
  const done: string[] = [];
  for (let turn = 1; ; turn += 1) {
    const deliveries = await worker.claim(1 + (turn % 60), 300);
    if (deliveries.length === 0) return done;
    const [returned, ...kept] = turn % 5 === 0 ? deliveries : [undefined, ...deliveries];
    const lost = await worker.work({
      settle: [
        ...kept.flatMap((delivery) =>
          delivery ? [{ kind: 'ack', receipt: delivery.receipt } as const] : [],
        ),
        ...(returned
          ? [{ kind: 'release', receipt: returned.receipt, started: false } as const]
          : []),
      ],
    });
    expect(lost.lost).toEqual([]);
    done.push(...kept.flatMap((delivery) => (delivery ? [delivery.id] : [])));
  }
}

it('gives each of 5,000 jobs to one of four workers on two clients, while they come in', async () => {
  const prefix = randomUUID();
  const [one, other] = [await site.broker(prefix), await site.broker(prefix)];
  const workers = await Promise.all([one, one, other, other].map((each) => SiteWorker.open(each)));
  const ids = idsOf(JOBS);
  const draining = workers.map(drain);
  for (let from = 0; from < JOBS; from += 50)
    await (from % 100 === 0 ? one : other).enqueue(
      ids.slice(from, from + 50).map((id) => messageOf(id)),
    );
  const done = (await Promise.all(draining)).flat();
  expect(done).toHaveLength(JOBS);
  expect(new Set(done)).toEqual(new Set(ids));
  expect(await one.inspect.counts('orders')).toMatchObject({ waiting: 0, claimed: 0, started: 0 });
});
