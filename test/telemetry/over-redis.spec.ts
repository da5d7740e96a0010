import { Task, TasqueueClient, TasqueueEvents, TasqueueModule } from 'nestjs-tasqueue';
import { RedisBroker, RedisResults } from 'nestjs-tasqueue/redis';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, started } from '../nest/support/running-app.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { RecordedSpans, spanIdOf, traceIdOf } from './support/recorded-spans.js';

class Tasks {
  @Task('there') there() {}
}

it('spans and events find their way through a real Redis', async () => {
  const server = await RedisServer.start();
  onTestFinished(() => server.stop());
  const spans = RecordedSpans.register();
  const { url } = server;
  const imports = (role: 'producer' | 'worker') => [
    TasqueueModule.forRoot({
      broker: new RedisBroker({ url }),
      results: new RedisResults({ url }),
      role,
      events: 'all',
    }),
    TasqueueTelemetryModule.forRoot(),
  ];
  await started({ imports: imports('worker'), providers: [Tasks] });
  const shop = await started({ imports: imports('producer') });
  const heard: string[] = [];
  shop
    .get(TasqueueEvents)
    .all.subscribe(({ name, remote }) => void heard.push(`${name} ${remote}`));
  await shop.get(TasqueueClient).enqueue('there');
  await eventually(() =>
    expect(heard).toEqual(['enqueued false', 'processing true', 'successful true']),
  );
  const [send, process] = [spans.one('send tasqueue:tasks'), spans.one('process tasqueue:tasks')];
  expect(traceIdOf(process)).toBe(traceIdOf(send));
  expect(process.parentSpanContext).toMatchObject({ spanId: spanIdOf(send), isRemote: true });
});
