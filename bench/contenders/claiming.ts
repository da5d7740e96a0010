import type { Broker, SessionInfo } from 'nestjs-tasqueue';

/** Claimed by one call, which settles those of the call before. */
const CLAIMED = 100;

export function sessionOn(queue: string): SessionInfo {
  return { session: 'bench', leaseMs: 600_000, host: 'bench', pid: 1, queues: [queue] };
}

/** As a worker does it, straight at the broker; nothing is recorded. */
export async function claimAndSettle(
  broker: Broker,
  { session, queues }: SessionInfo,
  count: number,
): Promise<void> {
  const claims = queues.map((queue) => ({ queue, slots: CLAIMED, ahead: 0 }));
  let settle: { kind: 'ack'; receipt: string }[] = [];
  for (let claimed = 0; claimed <= count; claimed += CLAIMED) {
    const { deliveries } = await broker.work({
      session,
      settle,
      started: [],
      claims: claimed < count ? claims : [],
      waitMs: 0,
    });
    settle = deliveries.map(({ receipt }) => ({ kind: 'ack', receipt }));
  }
}
