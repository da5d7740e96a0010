import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { region, REGIONS } from '../orders/region.js';

/** The body of `POST /reports/sales`; it may be left out. */
export const reportRequest = z
  .object({
    id: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')
      .default(() => randomUUID()),
    regions: z
      .array(region)
      .min(1)
      .default([...REGIONS]),
  })
  .prefault({});

export type ReportRequest = z.infer<typeof reportRequest>;
