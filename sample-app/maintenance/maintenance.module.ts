import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module.js';
import { MaintenanceTasks } from './maintenance.tasks.js';

@Module({
  imports: [OrdersModule],
  providers: [MaintenanceTasks],
})
export class MaintenanceModule {}
