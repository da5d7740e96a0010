import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type JobContext, type PayloadOf, Task } from 'nestjs-tasqueue';
import type { Payment } from '../payments/payments.definitions.js';
import { type Invoice, MakeInvoice } from './invoices.definitions.js';
import { InvoicesRepository } from './invoices.repository.js';

const STAGES = ['typeset', 'printed', 'filed'];
const STAGE_MS = 20;

@Injectable()
export class InvoicesTasks {
  constructor(private readonly invoices: InvoicesRepository) {}

  @Task(MakeInvoice, { concurrency: 6 })
  async make(
    { orderId, region }: PayloadOf<typeof MakeInvoice>,
    ctx: JobContext<PayloadOf<typeof MakeInvoice>, Payment>,
  ): Promise<Invoice> {
    const { amountCents, receiptId } = ctx.prevJobResult;
    for (const [index, stage] of STAGES.entries()) {
      await pause(STAGE_MS, undefined, { signal: ctx.signal });
      await ctx.progress({ stage, done: index + 1, of: STAGES.length });
    }
    const invoice = this.invoices.add({ orderId, region, amountCents, receiptId });
    ctx.log(`invoice ${invoice.number} over ${amountCents} cents`);
    return invoice;
  }
}
