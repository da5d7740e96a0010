import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TasqueueExceptionFilter, TasqueueModule, type TasqueueOptions } from 'nestjs-tasqueue';
import { TasqueueDashboardModule } from 'nestjs-tasqueue/dashboard';
import { HealthModule } from './health/health.module.js';
import { InvoicesModule } from './invoices/invoices.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MailModule } from './mail/mail.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { StockModule } from './stock/stock.module.js';

@Module({
  imports: [
    OrdersModule,
    StockModule,
    PaymentsModule,
    InvoicesModule,
    MailModule,
    ReportsModule,
    MaintenanceModule,
    JobsModule,
    HealthModule,
    ObservabilityModule,
    // The shop listens to this machine only. Anywhere else: guards, not this.
    TasqueueDashboardModule.forRoot({ unguarded: true }),
  ],
  providers: [
    { provide: APP_PIPE, useClass: StandardSchemaValidationPipe },
    { provide: APP_FILTER, useClass: TasqueueExceptionFilter },
  ],
})
export class AppModule {
  /** The shop on a broker of one's choice; by default everything is in memory. */
  static on(stores: Pick<TasqueueOptions, 'broker' | 'results'> = {}): DynamicModule {
    return { module: AppModule, imports: [TasqueueModule.forRoot(stores)] };
  }
}
