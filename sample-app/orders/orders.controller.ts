import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { type Order, type OrderDraft, orderDraft } from './order.js';
import type { OrderView } from './order-view.js';
import { OrdersService, type PlacedOrder } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  place(@Body({ schema: orderDraft }) draft: OrderDraft): Promise<PlacedOrder> {
    return this.orders.place(draft);
  }

  @Get()
  all(): Order[] {
    return this.orders.all();
  }

  @Get(':id')
  view(@Param('id') id: string): Promise<OrderView> {
    return this.orders.view(id);
  }
}
