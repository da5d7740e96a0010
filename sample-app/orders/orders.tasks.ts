import { Injectable } from '@nestjs/common';
import { type PayloadOf, Task } from 'nestjs-tasqueue';
import { CloseOrder } from './orders.definitions.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class OrdersTasks {
  constructor(private readonly orders: OrdersRepository) {}

  @Task(CloseOrder)
  close({ orderId, status }: PayloadOf<typeof CloseOrder>): void {
    this.orders.close(orderId, status);
  }
}
