import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';
import { type Region, region } from '../orders/region.js';

export interface RegionSales {
  readonly region: Region;
  readonly orders: number;
  readonly totalCents: number;
}

export interface SalesReport {
  readonly orders: number;
  readonly totalCents: number;
  readonly regions: readonly RegionSales[];
}

/** One part of a report. */
export const SumRegion = defineTask('reports.sum-region', {
  queue: 'reports',
  payload: z.object({ region }),
  maxRetries: 2,
}).returns<RegionSales>();

/** Makes the whole of the parts, which come as the results of the group. */
export const AddUpSales = defineTask<void, SalesReport>('reports.add-up', {
  queue: 'reports',
  maxRetries: 2,
});
