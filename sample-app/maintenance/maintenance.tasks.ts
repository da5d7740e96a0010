import { Injectable } from '@nestjs/common';
import { Task } from 'nestjs-tasqueue';
import { OrdersService } from '../orders/orders.service.js';
import { NightlyCleanUp } from './maintenance.definitions.js';

const EVERY_NIGHT_AT_THREE = { cron: '0 3 * * *', timezone: 'Europe/Berlin' };

@Injectable()
export class MaintenanceTasks {
  constructor(private readonly orders: OrdersService) {}

  @Task(NightlyCleanUp, { schedule: EVERY_NIGHT_AT_THREE })
  async cleanUp(): Promise<{ undone: string[] }> {
    return { undone: await this.orders.undoCancelled() };
  }
}
