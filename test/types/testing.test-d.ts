import type { DynamicModule } from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import { assertType, describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { defineTask, type JobMessage, MemoryBroker } from '../../lib/index.js';
import {
  getTasqueueTesterToken,
  type PartialPayload,
  type TasqueueTester,
  TasqueueTestingModule,
} from '../../lib/testing/index.js';

interface Letter {
  to: { name: string; mail: string };
  lines: string[];
  at: Date;
}

const Mail = defineTask<Letter, number>('mail');
const Ping = defineTask('ping');
const Dated = defineTask('dated', { payload: z.object({ on: z.coerce.date<string>() }) });

declare const tester: TasqueueTester;
declare const letter: Letter;
declare const app: TestingModule;

describe('expectEnqueued()', () => {
  it('takes any part of the payload that callers pass, and gives the job', () => {
    expectTypeOf(tester.expectEnqueued(Mail)).toEqualTypeOf<JobMessage<Letter>>();
    tester.expectEnqueued(Mail, {});
    tester.expectEnqueued(Mail, { to: { name: 'Ada' } });
    tester.expectEnqueued(Mail, { lines: ['a'], at: new Date(0) });
    tester.expectEnqueued(Dated, { on: '2024-07-01' });
    tester.expectEnqueued(Ping);
    tester.expectEnqueued('any name', { any: 'payload' });
  });

  it('refuses what no payload of the task has', () => {
    // @ts-expect-error -- misspelt
    tester.expectEnqueued(Mail, { too: { name: 'Ada' } });
    // @ts-expect-error -- of another type, deep down
    tester.expectEnqueued(Mail, { to: { name: 5 } });
    // @ts-expect-error -- the schema's output, not its input
    tester.expectEnqueued(Dated, { on: new Date(0) });
    // @ts-expect-error -- there is no payload
    tester.expectEnqueued(Ping, { a: 1 });
  });
});

describe('run()', () => {
  it('takes the payload and gives the result', () => {
    expectTypeOf(tester.run(Mail, letter)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(tester.run('any name', 5)).toEqualTypeOf<Promise<unknown>>();
    void tester.run(Ping);
    void tester.run(Ping, undefined, { headers: { trace: 't' }, prevJobResult: 5 });
  });

  it('refuses another payload, none, and options that a single run has no use for', () => {
    // @ts-expect-error -- a part is not the whole
    void tester.run(Mail, { lines: [] });
    // @ts-expect-error -- no payload
    void tester.run(Mail);
    // @ts-expect-error -- it runs at once
    void tester.run(Ping, undefined, { delay: 5 });
  });
});

it('enqueued() gives jobs of the task that is asked for', () => {
  expectTypeOf(tester.enqueued({ task: Mail })).toEqualTypeOf<JobMessage<Letter>[]>();
  expectTypeOf(tester.enqueued()[0]!.id).toBeString();
});

it('parts of a payload keep what has no parts', () => {
  expectTypeOf<PartialPayload<Date>>().toEqualTypeOf<Date>();
  expectTypeOf<PartialPayload<Uint8Array>>().toEqualTypeOf<Uint8Array>();
  expectTypeOf<PartialPayload<'a' | 5>>().toEqualTypeOf<'a' | 5>();
  assertType<PartialPayload<[{ a: string; b: string }, number]>>([{ a: 'a' }, 5]);
});

it('tokens give testers', () => {
  expectTypeOf(app.get(getTasqueueTesterToken('reports'))).toEqualTypeOf<TasqueueTester>();
});

describe('TasqueueTestingModule', () => {
  it('takes the options of TasqueueModule beside a mode, without the stores', () => {
    const imports: DynamicModule[] = [
      TasqueueTestingModule.forRoot({ mode: 'inline', maxPayloadBytes: 5, name: 'reports' }),
      // @ts-expect-error -- no mode
      TasqueueTestingModule.forRoot({}),
      // @ts-expect-error -- stores are in memory
      TasqueueTestingModule.forRoot({ mode: 'inline', broker: new MemoryBroker() }),
    ];
    void imports;
  });

  it('gives back the builder that it is given', () => {
    const builder = TasqueueTestingModule.override(Test.createTestingModule({}), {
      mode: 'manual',
      startAt: new Date(0),
    });
    expectTypeOf(builder).toEqualTypeOf<TestingModuleBuilder>();
  });
});
