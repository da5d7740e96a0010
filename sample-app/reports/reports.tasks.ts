import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type JobContext, type PayloadOf, Task } from 'nestjs-tasqueue';
import { InvoicesRepository } from '../invoices/invoices.repository.js';
import {
  AddUpSales,
  type RegionSales,
  type SalesReport,
  SumRegion,
} from './reports.definitions.js';

/** Reading invoices is slow work here, or the demo would show nothing. */
const READ_MS = 25;

@Injectable()
export class ReportsTasks {
  constructor(private readonly invoices: InvoicesRepository) {}

  @Task(SumRegion, { concurrency: 3 })
  async sumRegion({ region }: PayloadOf<typeof SumRegion>, ctx: JobContext): Promise<RegionSales> {
    const invoices = this.invoices.ofRegion(region);
    let totalCents = 0;
    for (const [index, { amountCents }] of invoices.entries()) {
      await pause(READ_MS, undefined, { signal: ctx.signal });
      totalCents += amountCents;
      await ctx.progress({ done: index + 1, of: invoices.length });
    }
    return { region, orders: invoices.length, totalCents };
  }

  @Task(AddUpSales)
  addUp(_: void, { prevJobResult: regions }: JobContext<void, RegionSales[]>): SalesReport {
    return {
      orders: regions.reduce((sum, { orders }) => sum + orders, 0),
      totalCents: regions.reduce((sum, { totalCents }) => sum + totalCents, 0),
      regions,
    };
  }
}
