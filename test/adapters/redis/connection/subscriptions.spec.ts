import { expect, it } from 'vitest';
import { joinLink, leaveLink } from '../../../../lib/adapters/redis/connection/links.js';
import { RedisStandIn } from '../../../support/servers/redis-stand-in.js';

const SUBSCRIBED = '*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n';

it('a connection that breaks again while it subscribes anew harms nobody, and hears in the end', async () => {
  const asked: string[] = [];
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  // The first time it works, and then hangs up; the second time it hangs up at once.
  const server = await RedisStandIn.start('redis_version:7.0.0', {
    subscribe: () => {
      asked.push('subscribe');
      return asked.length === 2 ? undefined : SUBSCRIBED;
    },
  });
  const user = {};
  const connection = { url: server.url };
  const link = joinLink(connection, user);
  let begins = 0;
  link.listen(
    'c',
    () => {},
    () => {
      begins += 1;
    },
  );
  await expect.poll(() => begins).toBe(1);
  server.hangUp();
  await expect.poll(() => begins, { timeout: 5_000 }).toBe(2);
  leaveLink(connection, user);
  await server.stop();
  process.off('unhandledRejection', note);
  expect({ unhandled, asked: asked.length }).toEqual({ unhandled: [], asked: 3 });
});
