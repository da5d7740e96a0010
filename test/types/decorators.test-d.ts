import { describe, it } from 'vitest';
import {
  defineTask,
  type JobContext,
  OnFailed,
  OnSuccess,
  OnTasqueueEvent,
  type PayloadOf,
  Task,
  type TasqueueEvent,
} from 'nestjs-tasqueue';
import { z } from 'zod';

declare module 'nestjs-tasqueue' {
  interface TaskRegistry {
    'decorated:add': { payload: { a: number; b: number }; result: number };
  }
}

const Add = defineTask<{ a: number; b: number }, number>('add');
const Mail = defineTask('mail', { payload: z.object({ at: z.coerce.date() }) }).returns<string>();
const Tick = defineTask('tick');

describe('@Task', () => {
  it('takes handlers of the right types, sync or not, with or without the context', () => {
    class Right {
      @Task(Add) add({ a, b }: PayloadOf<typeof Add>) {
        return a + b;
      }
      @Task(Add) async later({ a }: { a: number }, ctx: JobContext<PayloadOf<typeof Add>>) {
        await ctx.save(a);
      }
      @Task(Add) @Task('decorated:add') both(payload: { a: number; b: number }) {
        return payload.b;
      }
      @Task(Mail) mail({ at }: { at: Date }) {
        return at.toISOString();
      }
      @Task(Tick) tick() {}
      @Task('whatever') free(first: string, second: number) {
        return [first, second];
      }
    }
    return Right;
  });

  it('refuses handlers of the wrong types', () => {
    class Wrong {
      // @ts-expect-error -- a payload of another type
      @Task(Add) payload({ a }: { a: string }) {
        return Number(a);
      }
      // @ts-expect-error -- a result of another type
      @Task(Add) result() {
        return 'three';
      }
      // @ts-expect-error -- the same, asynchronously
      @Task(Add) async resultLater() {
        return 'three';
      }
      // @ts-expect-error -- what goes into the schema instead of what comes out
      @Task(Mail) input({ at }: { at: string }) {
        return at;
      }
      // @ts-expect-error -- no context
      @Task(Add) context(payload: PayloadOf<typeof Add>, ctx: string) {
        return payload.a + ctx.length;
      }
      // @ts-expect-error -- a registered name is checked alike
      @Task('decorated:add') registered(payload: string) {
        return payload.length;
      }
      // @ts-expect-error -- a task without a result
      @Task(Tick) tick() {
        return 1;
      }
      // @ts-expect-error -- an option that there is not
      @Task(Add, { quue: 'math' }) option() {}
    }
    return Wrong;
  });
});

describe('callbacks and listeners', () => {
  it('take what they are called with', () => {
    class Told {
      @OnSuccess(Add) success(ctx: JobContext<PayloadOf<typeof Add>, number>) {
        return ctx.payload.a;
      }
      @OnFailed('anything') failed(ctx: JobContext, error: Error) {
        return [ctx.id, error.message];
      }
      @OnTasqueueEvent('failed') @OnTasqueueEvent('*') hear(event: TasqueueEvent) {
        return event.jobId;
      }
    }
    return Told;
  });

  it('and nothing else', () => {
    class Wrong {
      // @ts-expect-error -- no payload comes first
      @OnSuccess(Add) success(payload: string) {
        return payload;
      }
      // @ts-expect-error -- no such event
      @OnTasqueueEvent('finished') hear() {}
    }
    return Wrong;
  });
});
