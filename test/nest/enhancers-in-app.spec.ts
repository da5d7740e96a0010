import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { map } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  JobCtx,
  type JobContext,
  Payload,
  Task,
  type TasqueueContextType,
} from '../../lib/index.js';
import { resultOf, runningApp } from './support/running-app.js';

const order: string[] = [];
beforeEach(() => void order.splice(0));

const typeOf = (host: ArgumentsHost) => host.getType<TasqueueContextType>();

class Noting implements CanActivate, NestInterceptor {
  canActivate(context: ExecutionContext) {
    return order.push(`guard of ${typeOf(context)}`) > 0;
  }
  intercept(context: ExecutionContext, next: CallHandler) {
    order.push(`interceptor of ${typeOf(context)}`);
    return next.handle().pipe(map((result) => `[${String(result)}]`));
  }
  transform(value: unknown) {
    order.push('pipe');
    return value;
  }
}

const AttemptNumber = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.getArgByIndex<JobContext>(1).attempt,
);

@Injectable()
class Plain {
  @Task('plain') plain(payload: string) {
    return payload;
  }
  @Task('failing') failing() {
    throw new Error('failed');
  }
  @Task('surrounded', { maxRetries: 1, backoff: 0 })
  @UseGuards(Noting)
  @UseInterceptors(Noting)
  surrounded(
    @Payload('name') name: string,
    @AttemptNumber() attempt: number,
    @JobCtx() ctx: JobContext,
  ) {
    if (attempt === 1) throw new Error('once more');
    return `${name} ${attempt} ${ctx.task}`;
  }
}

it('a method has its enhancers and parameters in each attempt', async () => {
  const app = await runningApp({ providers: [Plain] });

  expect(await resultOf(app, 'surrounded', { name: 'ada' })).toBe('[ada 2 surrounded]');
  const once = ['guard of tasqueue', 'interceptor of tasqueue'];
  expect(order).toEqual([...once, ...once]);
});

describe('enhancers of the whole app', () => {
  @Catch()
  class Recovering {
    catch(_: unknown, host: ArgumentsHost) {
      return `recovered in ${typeOf(host)}`;
    }
  }
  const providers = [
    Plain,
    { provide: APP_GUARD, useClass: Noting },
    { provide: APP_INTERCEPTOR, useClass: Noting },
    { provide: APP_PIPE, useClass: Noting },
    { provide: APP_FILTER, useClass: Recovering },
  ];

  it('leave jobs alone', async () => {
    const app = await runningApp({ providers });

    expect(await resultOf(app, 'plain', 'x')).toBe('x');
    await expect(resultOf(app, 'failing')).rejects.toThrow('failed');
    expect(order).toEqual([]);
  });

  it('surround jobs with useGlobalEnhancers', async () => {
    const app = await runningApp({ providers }, { useGlobalEnhancers: true });

    expect(await resultOf(app, 'plain', 'x')).toBe('[x]');
    expect(order).toEqual(['guard of tasqueue', 'interceptor of tasqueue', 'pipe']);
    expect(await resultOf(app, 'failing')).toBe('recovered in tasqueue');
  });
});
