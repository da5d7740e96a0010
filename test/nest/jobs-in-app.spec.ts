import {
  type CanActivate,
  Catch,
  Injectable,
  UseFilters,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { IsInt } from 'class-validator';
import { Observable } from 'rxjs';
import { expect, it, vi } from 'vitest';
import {
  type JobContext,
  Payload,
  RetryLaterError,
  Task,
  TasqueueClient,
} from '../../lib/index.js';
import { eventually, resultOf, runningApp } from './support/running-app.js';

class Order {
  @IsInt() amount = 0;
}

@Injectable()
class NoRefunds implements CanActivate {
  canActivate() {
    return false;
  }
}

@Catch()
class LaterFilter {
  catch(error: Error) {
    throw new RetryLaterError(0, error.message);
  }
}

class Shop {
  readonly tries: number[] = [];

  @Task('order', { maxRetries: 3, backoff: 0 })
  order(@Payload(ValidationPipe) { amount }: Order) {
    return amount * 2;
  }

  @Task('refund', { maxRetries: 3, backoff: 0 })
  @UseGuards(NoRefunds)
  refund() {
    return 'refunded';
  }

  @Task('charge')
  @UseFilters(LaterFilter)
  charge(_: unknown, { attempt }: JobContext) {
    this.tries.push(attempt);
    if (attempt === 1) throw new Error('card reader busy');
    return 'charged';
  }
}

it.each([
  ['a class', Shop],
  ['a value', { provide: Shop, useValue: new Shop() }],
  ['what a factory makes', { provide: Shop, useFactory: () => new Shop() }],
])('surrounds the handlers of %s with what they declare', async (_, provider) => {
  const app = await runningApp({ providers: [provider] });
  await expect(resultOf(app, 'order', { amount: 21 })).resolves.toBe(42);
  await expect(resultOf(app, 'charge')).resolves.toBe('charged');
  expect(app.get(Shop).tries).toEqual([1, 2]);
  for (const [task, payload, reason] of [
    ['order', { amount: 'much' }, 'amount must be an integer number'],
    ['refund', undefined, 'refused by NoRefunds'],
  ] as const) {
    const handle = await app.get(TasqueueClient).enqueue(task, payload);
    await expect(handle.result({ timeout: 5_000 })).rejects.toThrow(reason);
    expect(await handle.get()).toMatchObject({ status: 'failed', retried: 0, prevError: reason });
  }
});

it('unsubscribes from what a handler answered once its attempt is over', async () => {
  const unsubscribed = vi.fn<() => void>();
  class Endless {
    @Task('endless', { timeout: 20 }) endless() {
      return new Observable(() => unsubscribed);
    }
  }
  const app = await runningApp({ providers: [Endless] });
  await expect(resultOf(app, 'endless')).rejects.toThrow('20 ms');
  await eventually(() => expect(unsubscribed).toHaveBeenCalledOnce());
});
