import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../lib/core/errors.js';
import { jsonCodec } from '../../lib/core/json-codec.js';
import { LONGEST_LEASE_MS } from '../../lib/core/lease.js';
import { resolveOptions } from '../../lib/core/resolve-options.js';
import { wrong } from '../support/wrong.js';

const DAY_MS = 86_400_000;

describe('resolveOptions', () => {
  it('fills in every default', () => {
    expect(resolveOptions()).toEqual({
      name: undefined,
      role: 'both',
      queues: undefined,
      autoStart: true,
      defaults: {},
      retention: {
        successful: { age: DAY_MS, count: 10_000 },
        failed: { age: 7 * DAY_MS, count: 10_000 },
        cancelled: { age: DAY_MS, count: 10_000 },
      },
      leaseMs: 30_000,
      maxCrashes: 3,
      readAhead: 'auto',
      shutdownTimeoutMs: 10_000,
      onStartup: 'wait',
      startupTimeoutMs: 10_000,
      enqueueTimeoutMs: 5_000,
      codec: jsonCodec,
      maxPayloadBytes: 1_048_576,
      unknownTasks: 'refuse',
      useGlobalEnhancers: false,
      events: 'own',
    });
  });

  it('keeps what is given, falsy values too', () => {
    const codec = { encode: () => new Uint8Array(), decode: () => undefined };
    const given = resolveOptions({
      name: 'second',
      role: 'worker',
      autoStart: false,
      defaults: { maxRetries: 2, backoff: () => null },
      lease: LONGEST_LEASE_MS,
      maxCrashes: 1,
      readAhead: 0,
      shutdownTimeout: 0,
      onStartup: 'lazy',
      startupTimeout: 1,
      enqueueTimeout: 2,
      codec,
      maxPayloadBytes: 10,
      unknownTasks: 'allow',
      useGlobalEnhancers: true,
    });

    expect(given).toMatchObject({
      name: 'second',
      role: 'worker',
      autoStart: false,
      defaults: { maxRetries: 2 },
      leaseMs: LONGEST_LEASE_MS,
      maxCrashes: 1,
      readAhead: 0,
      shutdownTimeoutMs: 0,
      onStartup: 'lazy',
      startupTimeoutMs: 1,
      enqueueTimeoutMs: 2,
      maxPayloadBytes: 10,
      unknownTasks: 'allow',
      useGlobalEnhancers: true,
    });
    expect(given.codec).toBe(codec);
  });

  it('takes an option that is undefined for one that is left out', () => {
    expect(resolveOptions({ role: undefined, lease: undefined, codec: undefined })).toEqual(
      resolveOptions(),
    );
  });

  it('is frozen, with all that it holds', () => {
    const settings = resolveOptions({ defaults: {}, retention: { failed: { age: 1 } } });

    for (const part of [settings, settings.defaults, settings.retention, settings.retention.failed])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('takes a retention of its own as a whole, and leaves the others at their defaults', () => {
    const { retention } = resolveOptions({ retention: { successful: { age: 5 }, failed: {} } });

    expect(retention.successful).toEqual({ age: 5 });
    expect(retention.failed).toEqual({});
    expect(retention.cancelled).toEqual({ age: DAY_MS, count: 10_000 });
  });

  it('lets a producer enqueue tasks that it does not know, unless told otherwise', () => {
    expect(resolveOptions({ role: 'producer' }).unknownTasks).toBe('allow');
    expect(resolveOptions({ role: 'producer', unknownTasks: 'refuse' }).unknownTasks).toBe(
      'refuse',
    );
  });

  it('takes queues by name, or with their concurrency', () => {
    expect(resolveOptions({ queues: ['a', 'b'] }).queues).toEqual(
      new Map([
        ['a', undefined],
        ['b', undefined],
      ]),
    );
    expect(resolveOptions({ queues: { a: { concurrency: 5 }, b: {} } }).queues).toEqual(
      new Map([
        ['a', 5],
        ['b', undefined],
      ]),
    );
  });

  it.each([
    [{ role: 'consumer' }, "role: expected 'both', 'producer', or 'worker', got 'consumer'"],
    [{ autoStart: 'yes' }, "autoStart: expected true or false, got 'yes'"],
    [{ lease: 999 }, 'lease: expected milliseconds from 1000 to 150000, got 999'],
    [{ lease: 150_001 }, 'lease: expected milliseconds from 1000 to 150000, got 150001'],
    [{ lease: NaN }, 'lease: expected milliseconds from 1000 to 150000, got NaN'],
    [{ maxCrashes: 0 }, 'maxCrashes: expected an integer, 1 or more, got 0'],
    [{ readAhead: 'much' }, "readAhead: expected 'auto' or an integer, 0 or more, got 'much'"],
    [{ readAhead: -1 }, "readAhead: expected 'auto' or an integer, 0 or more, got -1"],
    [{ shutdownTimeout: -1 }, 'shutdownTimeout: expected milliseconds, 0 or more, got -1'],
    [{ enqueueTimeout: 0 }, 'enqueueTimeout: expected milliseconds, more than 0, got 0'],
    [{ maxPayloadBytes: 0.5 }, 'maxPayloadBytes: expected an integer, 1 or more, got 0.5'],
    [{ queues: 'math' }, "queues: expected an object, got 'math'"],
    [{ queues: [''] }, 'queues[0]: expected a text of 1 to 200 characters'],
    [
      { queues: { a: { concurrency: 0 } } },
      'queues.a.concurrency: expected an integer, 1 or more, got 0',
    ],
    [{ queues: { a: 5 } }, 'queues.a: expected an object, got 5'],
    [{ queues: { '': {} } }, 'queues: key: expected a text of 1 to 200 characters'],
    [
      { defaults: { retries: 1 } },
      "defaults.retries: expected a known option, got 'retries' (did you mean 'maxRetries'?)",
    ],
    [{ retention: { succesful: {} } }, "(did you mean 'successful'?)"],
    [
      { retention: { failed: { age: -1 } } },
      'retention.failed.age: expected milliseconds, 0 or more',
    ],
    [{ codec: JSON }, 'codec: expected a codec, got an object without encode, decode'],
  ])('refuses %o', (options, message) => {
    expect(() => resolveOptions(wrong(options))).toThrow(InvalidOptionsError);
    expect(() => resolveOptions(wrong(options))).toThrow(message);
  });

  it('refuses everything at once, guessing at what was meant', () => {
    expect(() => resolveOptions(wrong({ leese: 5, maxCrashes: 0, onStartup: 'panic' }))).toThrow(
      "TasqueueModule options: leese: expected a known option, got 'leese' (did you mean 'lease'?); " +
        'maxCrashes: expected an integer, 1 or more, got 0; ' +
        "onStartup: expected 'fail', 'wait', or 'lazy', got 'panic'",
    );
  });

  it('knows a class from its instance', () => {
    class FancyBroker {}

    expect(() => resolveOptions(wrong({ broker: FancyBroker }))).toThrow(
      'broker: expected a broker, got the class FancyBroker: pass an instance, new FancyBroker(…)',
    );
    expect(() => resolveOptions(wrong({ results: FancyBroker }))).toThrow(
      'results: expected a results store, got the class FancyBroker',
    );
  });

  it('names the methods that a store lacks', () => {
    const store = { connect() {}, close() {}, ping() {} };

    expect(() => resolveOptions(wrong({ results: store }))).toThrow(
      'results: expected a results store, got an object without get, put, plan, mark, dispatched, release, delete, watch, page, counts',
    );
    expect(() => resolveOptions(wrong({ broker: store }))).toThrow(
      "broker.inspect: expected a broker's inspector, got undefined",
    );
  });
});
