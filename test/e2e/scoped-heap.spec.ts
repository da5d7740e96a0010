import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import {
  job,
  type JobContext,
  MemoryResults,
  OnSuccess,
  Task,
  TasqueueClient,
} from 'nestjs-tasqueue';
import { expect, it } from 'vitest';
import { overriding } from '../support/engine/overriding.js';
import { runningApp } from '../nest/support/running-app.js';

setFlagsFromString('--expose-gc');
// What a fresh context calls `gc` once the flag is set; its result is untyped.
const collect: () => void = runInNewContext('gc');

/** Bytes in use once all that can go has gone. */
function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const JOBS = 100_000;
const BATCH = 1_000;
const WARM_UP = 10_000;
/** What an instance weighs, so that one that stays is seen. */
const BALLAST = 200;
/** 100,000 instances would be two hundred times as much. */
const MOST_GROWTH_BYTES = 4_000_000;

@Injectable({ scope: Scope.REQUEST })
class Tenant {
  readonly ballast: number[] = Array.from({ length: BALLAST }, (_, index) => index / 2);
}

@Injectable({ scope: Scope.REQUEST })
class ScopedTasks {
  static ended = 0;

  constructor(
    @Inject(REQUEST) private readonly request: JobContext,
    private readonly tenant: Tenant,
  ) {}

  @Task('scoped', { concurrency: 50 })
  scoped(): void {
    // Listening to the signal is the usual way to keep more than one means to.
    this.request.signal.addEventListener('abort', () => void this.tenant.ballast.splice(0));
  }

  @OnSuccess('scoped')
  done(): void {
    ScopedTasks.ended += 1;
  }
}

it(`keeps nothing of ${JOBS.toLocaleString('en')} jobs with request-scoped handlers`, async () => {
  // What happened would be kept for a while, which is not what is measured here.
  const results = overriding(new MemoryResults(), {
    put: async (writes) => writes.map(() => ({ stored: true, revision: 1 })),
  });
  const app = await runningApp({ providers: [ScopedTasks, Tenant] }, { results });
  const client = app.get(TasqueueClient);
  const run = async (count: number): Promise<void> => {
    for (let batch = 0; batch < count / BATCH; batch += 1) {
      const target = ScopedTasks.ended + BATCH;
      await client.enqueueMany(Array.from({ length: BATCH }, () => job('scoped')));
      while (ScopedTasks.ended < target) await new Promise((go) => void setImmediate(go));
    }
  };
  await run(WARM_UP);
  const before = heapUsed();
  await run(JOBS);

  expect(heapUsed() - before).toBeLessThan(MOST_GROWTH_BYTES);
  expect(ScopedTasks.ended).toBe(WARM_UP + JOBS);
}, 180_000);
