import { Injectable } from '@nestjs/common';
import { type JobContext, type PayloadOf, Task, UnrecoverableError } from 'nestjs-tasqueue';
import { totalCents } from './catalogue.js';
import { ReleaseStock, type Reservation, ReserveStock } from './stock.definitions.js';
import { SoldOutError, StockRepository } from './stock.repository.js';

@Injectable()
export class StockTasks {
  constructor(private readonly stock: StockRepository) {}

  @Task(ReserveStock, { concurrency: 8 })
  reserve({ orderId, lines }: PayloadOf<typeof ReserveStock>, ctx: JobContext): Reservation {
    try {
      this.stock.reserve(orderId, lines);
    } catch (error) {
      // Asking again brings nothing back on the shelf.
      if (error instanceof SoldOutError)
        throw new UnrecoverableError(`sold out: ${error.message}`, { cause: error });
      throw error;
    }
    for (const { sku, quantity } of lines) ctx.log(`${quantity} x ${sku} put aside`);
    const items = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    return { orderId, items, totalCents: totalCents(lines) };
  }

  @Task(ReleaseStock)
  release({ orderId }: PayloadOf<typeof ReleaseStock>) {
    return { released: this.stock.release(orderId) };
  }
}
