import { Module } from '@nestjs/common';
import { OrdersController } from './orders.controller.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';
import { OrdersTasks } from './orders.tasks.js';

@Module({
  controllers: [OrdersController],
  providers: [OrdersRepository, OrdersService, OrdersTasks],
  exports: [OrdersService],
})
export class OrdersModule {}
