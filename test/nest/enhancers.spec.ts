import {
  type ArgumentsHost,
  BadRequestException,
  type CanActivate,
  Catch,
  Controller,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  Module,
  type NestInterceptor,
  ParseIntPipe,
  type PipeTransform,
  ServiceUnavailableException,
  SetMetadata,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { IsInt, Min } from 'class-validator';
import { EMPTY, map, of, throwError } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnrecoverableError } from '../../lib/core/errors.js';
import { JobCtx } from '../../lib/decorators/job-ctx.decorator.js';
import { Payload } from '../../lib/decorators/payload.decorator.js';
import { Task } from '../../lib/decorators/task.decorator.js';
import type { TasqueueContextType } from '../../lib/providers/tasqueue-context-type.js';
import { errorOf } from './support/error-of.js';
import { contextOf, explored } from './support/explored.js';

/** What guards and filters were told of the context they ran in. */
const types: TasqueueContextType[] = [];
beforeEach(() => void types.splice(0));

class AddPayload {
  @IsInt() @Min(0) a = 0;
  @IsInt() b = 0;
}

describe('parameters', () => {
  const Tenant = createParamDecorator(
    (key: string, context: ExecutionContext) =>
      key + context.switchToRpc().getContext<{ id: string }>().id,
  );

  @Injectable()
  class Doubling implements PipeTransform<number> {
    constructor(@Inject('FACTOR') private readonly factor: number) {}
    transform(value: number) {
      return value * this.factor;
    }
  }

  class Params {
    @Task('all') all(@JobCtx() ctx: object, @Payload() payload: object, undecorated: unknown) {
      return [ctx, payload, undecorated];
    }
    @Task('property') property(@Payload('a') a: number, @Payload('b', ParseIntPipe) b: number) {
      return [a, b];
    }
    @Task('pipe') pipe(@Payload('a', Doubling) a: number) {
      return a;
    }
    @Task('custom') custom(@Tenant('tenant-') tenant: string) {
      return tenant;
    }
    @Task('validated') validated(
      @Payload(new ValidationPipe({ transform: true })) payload: AddPayload,
    ) {
      return payload instanceof AddPayload;
    }
  }
  const metadata = { providers: [Params, { provide: 'FACTOR', useValue: 2 }] };

  it('are picked by @Payload and @JobCtx; those without a decorator stay undefined', async () => {
    const { run } = await explored(metadata);
    const ctx = contextOf();
    const payload = { a: 1 };
    await expect(run('all', payload, ctx)).resolves.toEqual([ctx, payload, undefined]);
  });

  it('are properties of the payload, through pipes that Nest injects', async () => {
    const { run } = await explored(metadata);
    await expect(run('property', { a: 1, b: '2' })).resolves.toEqual([1, 2]);
    await expect(run('pipe', { a: 21 })).resolves.toBe(42);
    await expect(run('property', undefined)).rejects.toThrow(UnrecoverableError);
  });

  it("are what the users' own decorators make of the context", async () => {
    const { run } = await explored(metadata);
    await expect(run('custom', {}, contextOf({ id: '7' }))).resolves.toBe('tenant-7');
  });

  it('are validated by ValidationPipe with classes, and what is wrong fails the job for good', async () => {
    const { run } = await explored(metadata);
    await expect(run('validated', { a: 1, b: 2 })).resolves.toBe(true);
    const error = await errorOf(run('validated', { a: -1, b: 'x' }));
    expect(error).toBeInstanceOf(UnrecoverableError);
    expect(error).toMatchObject({
      message: 'a must not be less than 0; b must be an integer number',
      cause: expect.any(BadRequestException),
    });
  });

  it('without a decorator go through the pipes of method and class all the same', async () => {
    @UsePipes(new ValidationPipe())
    class Undecorated {
      @Task('add') add(payload: AddPayload, ctx: { id: string }) {
        return [payload.a, ctx.id];
      }
    }
    const { run } = await explored({ providers: [Undecorated] });
    await expect(run('add', { a: 1, b: 2 })).resolves.toEqual([1, 'j1']);
    await expect(run('add', { a: 'x', b: 2 })).rejects.toThrow('a must not be less than 0');
  });

  it('leave a failing handler its retries, whatever it throws', async () => {
    class Failing {
      @Task('fail') fail(@Payload() payload: unknown) {
        throw new BadRequestException(payload);
      }
    }
    const { run } = await explored({ providers: [Failing] });
    expect(await errorOf(run('fail', 'mine'))).toBeInstanceOf(BadRequestException);
  });

  it('leave a job its retries when a pipe breaks', async () => {
    class Broken implements PipeTransform {
      transform(): unknown {
        throw new ServiceUnavailableException('database down');
      }
    }
    class Piped {
      @Task('piped') piped(@Payload(Broken) payload: unknown) {
        return payload;
      }
    }
    const { run } = await explored({ providers: [Piped] });
    expect(await errorOf(run('piped'))).toBeInstanceOf(ServiceUnavailableException);
  });
});

describe('guards', () => {
  @Injectable()
  class RolesGuard implements CanActivate {
    constructor(private readonly reflector: Reflector) {}
    canActivate(context: ExecutionContext) {
      types.push(context.getType<TasqueueContextType>());
      const [payload, ctx] = context.getArgs<[{ role: string }, { id: string }]>();
      const role = this.reflector.get<string>('role', context.getHandler());
      return role === payload.role && ctx.id === 'j1';
    }
  }
  const Role = (role: string) => SetMetadata('role', role);

  class Guarded {
    @Task('admin') @UseGuards(RolesGuard) @Role('admin') admin() {
      return 'secret';
    }
  }
  @Controller()
  class GuardedController extends Guarded {}
  const value = { provide: 'VALUE', useValue: new Guarded() };
  const factory = { provide: 'FACTORY', useFactory: () => new Guarded() };
  const named = { provide: 'NAMED', useClass: Guarded };

  it.each([
    ['a class', { providers: [Guarded] }],
    ['a class under a token', { providers: [named] }],
    ['a value', { providers: [value] }],
    ['what a factory makes', { providers: [factory] }],
    ['a controller', { controllers: [GuardedController] }],
  ])(
    'admit or refuse jobs on %s, and a refusal is final and names the guard',
    async (_, metadata) => {
      const { run } = await explored(metadata);
      await expect(run('admin', { role: 'admin' })).resolves.toBe('secret');
      expect(types).toEqual(['tasqueue']);
      const error = await errorOf(run('admin', { role: 'guest' }));
      expect(error).toBeInstanceOf(UnrecoverableError);
      expect(error).toMatchObject({
        message: 'refused by RolesGuard',
        cause: expect.any(ForbiddenException),
      });
    },
  );

  it('keep the message of what they throw themselves', async () => {
    class Strict implements CanActivate {
      canActivate(): boolean {
        throw new UnauthorizedException('token expired');
      }
    }
    @UseGuards(Strict)
    class Closed {
      @Task('closed') closed() {}
    }
    const { run } = await explored({ providers: [Closed] });
    const error = await errorOf(run('closed'));
    expect(error).toBeInstanceOf(UnrecoverableError);
    expect(error).toMatchObject({ message: 'token expired' });
  });

  it('that break leave the job its retries', async () => {
    class Flaky implements CanActivate {
      canActivate(): Promise<boolean> {
        return Promise.reject(new Error('no connection'));
      }
    }
    class Closed {
      @Task('closed') @UseGuards(new Flaky()) closed() {}
    }
    const { run } = await explored({ providers: [Closed] });
    expect(await errorOf(run('closed'))).toEqual(new Error('no connection'));
  });

  it('cannot be lost by an override that forgets them', async () => {
    class Forgetful extends Guarded {
      override admin() {
        return 'leaked';
      }
    }
    await expect(explored({ providers: [Forgetful] })).rejects.toThrow(
      'Forgetful.admin: overrides a method and leaves its guards behind',
    );
  });
});

describe('interceptors', () => {
  const doubling: NestInterceptor = {
    intercept: (_, next) => next.handle().pipe(map((n: number) => n * 2)),
  };
  const silencing: NestInterceptor = { intercept: () => EMPTY };

  class Intercepted {
    @Task('double') @UseInterceptors(doubling) double(n: number) {
      return n;
    }
    @Task('silent') @UseInterceptors(silencing) silent() {
      return 'unheard';
    }
    @Task('stream') stream() {
      return of(1, 2, 3);
    }
    @Task('broken-stream') broken() {
      return throwError(() => new Error('broken'));
    }
  }

  it('see the result and may change it', async () => {
    const { run } = await explored({ providers: [Intercepted] });
    await expect(run('double', 21)).resolves.toBe(42);
    await expect(run('silent')).resolves.toBeUndefined();
  });

  it('are not needed for a handler to answer with an observable: its last value counts', async () => {
    const { run } = await explored({ providers: [Intercepted] });
    await expect(run('stream')).resolves.toBe(3);
    await expect(run('broken-stream')).rejects.toThrow('broken');
  });
});

describe('filters', () => {
  class Declined extends Error {}

  @Catch(Declined)
  class Mapping implements ExceptionFilter<Declined> {
    catch(error: Declined, host: ArgumentsHost): unknown {
      types.push(host.getType<TasqueueContextType>());
      if (error.message === 'answer') return 'declined';
      if (error.message === 'later') return Promise.resolve({ later: true });
      if (error.message === 'map') throw new Error('mapped');
      if (error.message === 'async nothing') return Promise.resolve();
      return undefined;
    }
  }

  @UseFilters(Mapping)
  class Charging {
    @Task('charge') charge(message: string) {
      throw new Declined(message);
    }
    @Task('other') other() {
      throw new Error('other');
    }
  }

  it.each([
    ['answer', 'declined'],
    ['later', { later: true }],
  ])('that return a value turn a failure into success: %s', async (message, result) => {
    const { run } = await explored({ providers: [Charging] });
    await expect(run('charge', message)).resolves.toEqual(result);
    expect(types).toEqual(['tasqueue']);
  });

  it.each(['nothing', 'async nothing'])(
    'that return %s leave the error as it is',
    async (message) => {
      const { run } = await explored({ providers: [Charging] });
      expect(await errorOf(run('charge', message))).toEqual(new Declined(message));
    },
  );

  it('map errors, and see only those that they catch', async () => {
    const { run } = await explored({ providers: [Charging] });
    await expect(run('charge', 'map')).rejects.toThrow('mapped');
    await expect(run('other')).rejects.toThrow('other');
  });

  it('see the exception of a guard or a pipe as it was thrown', async () => {
    const seen: unknown[] = [];
    @Catch()
    class Watching implements ExceptionFilter {
      catch(error: unknown) {
        seen.push(error);
      }
    }
    class Closed {
      @Task('closed') @UseFilters(Watching) @UseGuards({ canActivate: () => false }) closed() {}
    }
    const { run } = await explored({ providers: [Closed] });
    await expect(run('closed')).rejects.toThrow(UnrecoverableError);
    expect(seen).toEqual([expect.any(ForbiddenException)]);
  });

  it('are given as instances and as classes of a module', async () => {
    @Module({ providers: [Charging] })
    class Payments {}
    const { run } = await explored({ imports: [Payments] });
    await expect(run('charge', 'answer')).resolves.toBe('declined');
  });
});
