import { Test } from '@nestjs/testing';
import { describe, expect, it, vi } from 'vitest';
import {
  BrokerUnavailableError,
  MemoryBroker,
  MemoryResults,
  ResultsUnavailableError,
  Task,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
} from '../../lib/index.js';
import { errorOf } from './support/error-of.js';
import { eventually, resultOf, runningApp } from './support/running-app.js';

/** A broker on a server that is down, until it comes up. */
class RemoteBroker extends MemoryBroker {
  up = false;

  constructor() {
    super();
    Object.defineProperty(this, 'name', { value: 'redis' });
  }

  override async connect() {
    if (!this.up) throw new BrokerUnavailableError('connect ECONNREFUSED 10.0.0.1:6379');
    return super.connect();
  }
}

class RemoteResults extends MemoryResults {
  constructor() {
    super();
    Object.defineProperty(this, 'name', { value: 'nats' });
  }

  override async connect(): Promise<void> {
    throw new ResultsUnavailableError('connect ECONNREFUSED 10.0.0.1:4222');
  }
}

class Notes {
  @Task('note') note() {
    return 'noted';
  }
}
const providers = [Notes];

describe('with a store that cannot be reached', () => {
  it.each([
    ['broker', BrokerUnavailableError, "'redis'", { broker: new RemoteBroker() }],
    ['results store', ResultsUnavailableError, "'nats'", { results: new RemoteResults() }],
  ])('the bootstrap fails and names the %s and what to do', async (what, type, name, stores) => {
    const error = await errorOf(runningApp({ providers }, { ...stores, onStartup: 'fail' }));
    expect(error).toBeInstanceOf(type);
    expect(error.message).toContain(`${what} ${name}`);
    expect(error.message).toContain('onStartup');
    expect(error.message).not.toContain('10.0.0.1');
    expect(error.cause).toBeInstanceOf(type);
  });

  it('what did connect is closed again, whether or not Nest runs its shutdown hooks', async () => {
    const broker = new MemoryBroker();
    const close = vi.spyOn(broker, 'close');
    const imports = [
      TasqueueModule.forRoot({ broker, results: new RemoteResults(), onStartup: 'fail' }),
    ];
    const app = await Test.createTestingModule({ imports }).compile();
    await expect(app.init()).rejects.toThrow(ResultsUnavailableError);
    expect(close).toHaveBeenCalledOnce();
  });

  it('the bootstrap waits for startupTimeout', async () => {
    const broker = new RemoteBroker();
    const late = runningApp({ providers }, { broker, startupTimeout: 20 });
    expect(await errorOf(late)).toBeInstanceOf(BrokerUnavailableError);
    const starting = runningApp({ providers }, { broker });
    broker.up = true;
    await expect(resultOf(await starting, 'note')).resolves.toBe('noted');
  });

  it('a lazy app starts, and works once the store is there', async () => {
    const broker = new RemoteBroker();
    const app = await runningApp({ providers }, { broker, onStartup: 'lazy' });
    const accepted = app.get(TasqueueClient).enqueue('note');
    broker.up = true;
    await expect((await accepted).result({ timeout: 5_000 })).resolves.toBe('noted');
    await eventually(() => expect(app.get(TasqueueRunner).status.running).toBe(true));
  });
});
