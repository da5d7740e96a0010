import { Controller, Get } from '@nestjs/common';
import { type StockLevel, StockRepository } from './stock.repository.js';

@Controller('stock')
export class StockController {
  constructor(private readonly stock: StockRepository) {}

  @Get()
  levels(): StockLevel[] {
    return this.stock.levels();
  }
}
