import { Module } from '@nestjs/common';
import { StockController } from './stock.controller.js';
import { StockRepository } from './stock.repository.js';
import { StockTasks } from './stock.tasks.js';

@Module({
  controllers: [StockController],
  providers: [StockRepository, StockTasks],
})
export class StockModule {}
