import {
  type CanActivate,
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Scope,
  type Type,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
} from '@nestjs/common';
import { IsInt, IsString } from 'class-validator';
import { defineTask, Payload, type PayloadOf, Task } from 'nestjs-tasqueue';
import { z } from 'zod';
import type { Handler, Order } from '../contenders/order.js';

/** What the handlers call: it counts. */
export const HANDLER = Symbol('handler');

export const Ship = defineTask<Order, number>('orders.ship');
export const ShipChecked = defineTask('orders.ship', {
  payload: z.object({
    orderId: z.string(),
    customer: z.email(),
    sku: z.string(),
    quantity: z.int(),
    note: z.string(),
  }),
}).returns<number>();

@Injectable()
export class Plain {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @Task(Ship)
  ship(order: Order): Promise<number> {
    return this.handle(order);
  }
}

@Injectable()
class Checked {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @Task(ShipChecked)
  ship(order: PayloadOf<typeof ShipChecked>): Promise<number> {
    return this.handle(order);
  }
}

@Injectable()
class Willing implements CanActivate, NestInterceptor {
  canActivate(context: ExecutionContext): boolean {
    return context.getArgs().length > 0;
  }

  intercept(_: ExecutionContext, next: CallHandler) {
    return next.handle();
  }
}

@Injectable()
class Surrounded {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @UseGuards(Willing)
  @UseInterceptors(Willing)
  @Task(Ship)
  ship(order: Order): Promise<number> {
    return this.handle(order);
  }
}

class OrderDto implements Order {
  @IsString() orderId = '';
  @IsString() customer = '';
  @IsString() sku = '';
  @IsInt() quantity = 0;
  @IsString() note = '';
}

@Injectable()
class Validated {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @Task(Ship)
  ship(@Payload(ValidationPipe) order: OrderDto): Promise<number> {
    return this.handle(order);
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerJob {
  constructor(@Inject(HANDLER) private readonly handle: Handler) {}

  @Task(Ship)
  ship(order: Order): Promise<number> {
    return this.handle(order);
  }
}

/** One task, written in as many ways as Nest has. */
export const SHOPS: Readonly<Record<string, Type>> = {
  'a plain method': Plain,
  'with a guard and an interceptor': Surrounded,
  'with a schema': Checked,
  'with a ValidationPipe': Validated,
  'request-scoped': PerJob,
};
