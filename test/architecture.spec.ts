import { describe, expect, it } from 'vitest';
import { importsRunInOneDirection } from './support/architecture/cycles.js';
import { typesLookAwayForAReason } from './support/architecture/escapes.js';
import { layersAreKept } from './support/architecture/layers.js';
import { coreReachesForNothing } from './support/architecture/purity.js';
import { filesAreShort, functionsAreShort } from './support/architecture/sizes.js';
import { parse, readSources, type Rule } from './support/architecture/source.js';

const lines = (count: number): string => 'x;\n'.repeat(count);

/** A small source for each way to break a rule, and for each way to come close and keep it. */
interface Case {
  readonly rule: Rule;
  readonly breaks: readonly Record<string, string>[];
  readonly keeps: readonly Record<string, string>[];
}

const cases: Record<string, Case> = {
  'layers are kept': {
    rule: layersAreKept,
    breaks: [
      { 'lib/core/a.ts': `import { Injectable } from '@nestjs/common';` },
      { 'lib/core/a.ts': `import { Cron } from 'croner';` },
      { 'lib/core/a.ts': `import type { Redis } from 'ioredis';` },
      { 'lib/core/a.ts': `import { MemoryBroker } from '../adapters/memory/memory-broker.js';` },
      { 'lib/core/a.ts': `export { Task } from '../decorators/task.decorator.js';` },
      { 'lib/core/a.ts': `const nest = await import('@nestjs/core');` },
      { 'lib/core/a.ts': `let app: import('@nestjs/common').INestApplication;` },
      { 'lib/core/worker/a.ts': `import type { Client } from '../client/client.js';` },
      { 'lib/core/client/a.ts': `import type { Run } from '../worker/run.js';` },
      { 'lib/core/ports/a.ts': `import type { Run } from '../worker/run.js';` },
      { 'lib/adapters/redis/a.ts': `import { connect } from 'nats';` },
      { 'lib/adapters/redis/a.ts': `import { heap } from '../memory/heap.js';` },
      { 'lib/adapters/redis/a.ts': `import { Logger } from '@nestjs/common';` },
      { 'lib/adapters/kafka/a.ts': `export {};` },
      { 'lib/decorators/a.ts': `import { MemoryBroker } from '../adapters/memory/index.js';` },
      { 'lib/providers/a.ts': `import { MemoryBroker } from '../adapters/memory/index.js';` },
      { 'lib/index.ts': `export { RedisBroker } from './adapters/redis/redis-broker.js';` },
      { 'lib/index.ts': `export { ManualClock } from './testing/manual-clock.js';` },
      { 'lib/testing/a.ts': `import { describe } from 'vitest';` },
      { 'lib/shared/a.ts': `export {};` },
    ],
    keeps: [
      { 'lib/core/a.ts': `import { once } from 'node:events'; import { b } from './ports/b.js';` },
      { 'lib/core/worker/a.ts': `import '../ports/broker.js'; import '../workflow/advancer.js';` },
      { 'lib/adapters/redis/a.ts': `import { Redis } from 'ioredis'; import './b.js';` },
      { 'lib/adapters/nats/a.ts': `import type { Broker } from '../../core/ports/broker.js';` },
      { 'lib/decorators/a.ts': `import { SetMetadata } from '@nestjs/common';` },
      { 'lib/providers/a.ts': `import { TASK } from '../decorators/task.metadata.js';` },
      { 'lib/tasqueue.module.ts': `import { MemoryBroker } from './adapters/memory/index.js';` },
    ],
  },
  'imports run in one direction': {
    rule: importsRunInOneDirection,
    breaks: [
      { 'lib/a.ts': `import './a.js';` },
      { 'lib/a.ts': `import './b.js';`, 'lib/b.ts': `import type { A } from './a.js';` },
      {
        'lib/a.ts': `import './b.js';`,
        'lib/b.ts': `import './c.js';`,
        'lib/c.ts': `export * from './b.js';`,
      },
    ],
    keeps: [
      {
        'lib/a.ts': `import './b.js'; import './c.js';`,
        'lib/b.ts': `import './c.js';`,
        'lib/c.ts': `import 'node:fs';`,
      },
    ],
  },
  'core reaches for nothing': {
    rule: coreReachesForNothing,
    breaks: [
      { 'lib/core/a.ts': `const url = process.env['URL'];` },
      { 'lib/core/a.ts': `const { env } = process;` },
      { 'lib/core/a.ts': `import { env } from 'node:process';` },
      { 'lib/core/a.ts': `const at = Date.now();` },
      { 'lib/core/a.ts': `const at = new Date();` },
      { 'lib/core/a.ts': `const at = new Date;` },
      { 'lib/core/a.ts': `const at = Date();` },
      { 'lib/core/a.ts': `const at = performance.now();` },
      { 'lib/core/a.ts': `const jitter = Math.random();` },
      { 'lib/core/a.ts': `import { randomUUID } from 'node:crypto';` },
      { 'lib/core/a.ts': `setTimeout(run, 5);` },
      { 'lib/core/a.ts': `globalThis.setInterval(run, 5);` },
      { 'lib/core/a.ts': `import { setTimeout as sleep } from 'node:timers/promises';` },
      { 'lib/core/a.ts': `const signal = AbortSignal.timeout(5);` },
      { 'lib/core/clock.ts': `const jitter = Math.random();` },
      { 'lib/core/random.ts': `const at = Date.now();` },
    ],
    keeps: [
      { 'lib/core/a.ts': `const at = new Date(clock.now()); random.fraction(); // Date.now()` },
      { 'lib/core/a.ts': `process.nextTick(flush);` },
      { 'lib/core/clock.ts': `const at = Date.now(); setTimeout(run, 5);` },
      { 'lib/core/random.ts': `const chance = Math.random();` },
      { 'lib/providers/a.ts': `const at = Date.now();` },
    ],
  },
  'files are short': {
    rule: filesAreShort,
    breaks: [
      { 'lib/a.ts': lines(71) },
      { 'lib/a.ts': lines(9), 'lib/b.ts': lines(9), 'lib/c.ts': lines(151) },
      {
        ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.ts`, ''])),
        z: lines(301),
      },
    ],
    keeps: [
      { 'lib/a.ts': lines(70) },
      {
        ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.ts`, ''])),
        z: lines(300),
      },
    ],
  },
  'functions are short': {
    rule: functionsAreShort,
    breaks: [
      { 'lib/a.ts': `function long() {\n${lines(39)}}` },
      { 'lib/a.ts': `const long = () => {\n${lines(39)}};` },
      { 'lib/a.ts': `class A {\n  long() {\n${lines(39)}}\n}` },
      { 'lib/a.ts': `class A {\n  constructor() {\n${lines(39)}}\n}` },
    ],
    keeps: [
      { 'lib/a.ts': `function short() {\n${lines(38)}}` },
      { 'lib/a.ts': `/**\n${' *\n'.repeat(40)} */\nfunction short() {}` },
      { 'lib/a.ts': `class A {\n${'  short() {}\n'.repeat(60)}}` },
    ],
  },
  'types look away for a reason': {
    rule: typesLookAwayForAReason,
    breaks: [
      { 'lib/a.ts': `let a: any;` },
      { 'lib/a.ts': `type A = Map<string, any[]>;` },
      { 'lib/a.ts': `const a = list[0]!;` },
      { 'lib/a.ts': `class A {\n  a!: string;\n}` },
      { 'lib/a.ts': `// oxlint-disable-next-line typescript/no-explicit-any\nlet a: any;` },
      { 'lib/a.ts': `let a: any; // oxlint-disable-line typescript/no-explicit-any` },
      { 'lib/a.ts': `const b = 1; // another line's business\nlet a: any;` },
      { 'lib/a.ts': `const url = 'http://host'; //\nlet a: any;` },
    ],
    keeps: [
      { 'lib/a.ts': `let any: string | undefined; const a = !any; // nothing to explain` },
      { 'lib/a.ts': `let a: any; // the user's own type` },
      { 'lib/a.ts': `// the user's own type\nlet a: any;` },
      { 'lib/a.ts': `type A<T> = T extends 1 ? 1\n  : // the user's own type\n    any;` },
      { 'lib/a.ts': `// oxlint-disable-next-line no-explicit-any -- the user's own\nlet a: any;` },
    ],
  },
};

const sourcesOf = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => parse(path, text));

describe('the house', () => {
  const lib = readSources('lib');

  it('is where this test looks for it', () => {
    expect(lib.map(({ path }) => path)).toContain('lib/index.ts');
  });

  it.each([filesAreShort, functionsAreShort, typesLookAwayForAReason])(
    'keeps its sizes in the pages of the dashboard too: %o',
    (rule) => {
      expect(rule(readSources('dashboard/src'))).toEqual([]);
    },
  );

  describe.each(Object.entries(cases))('%s', (_, { rule, breaks, keeps }) => {
    it('in lib', () => {
      expect(rule(lib)).toEqual([]);
    });

    it.each(breaks)('and is seen to be broken by %j', (files) => {
      expect(rule(sourcesOf(files))).not.toEqual([]);
    });

    it.each(keeps)('and is seen to be kept by %j', (files) => {
      expect(rule(sourcesOf(files))).toEqual([]);
    });
  });
});
