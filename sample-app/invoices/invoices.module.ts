import { Module } from '@nestjs/common';
import { InvoicesRepository } from './invoices.repository.js';
import { InvoicesTasks } from './invoices.tasks.js';

@Module({
  providers: [InvoicesRepository, InvoicesTasks],
  exports: [InvoicesRepository],
})
export class InvoicesModule {}
