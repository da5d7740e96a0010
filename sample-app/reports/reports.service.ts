import { Injectable } from '@nestjs/common';
import { group, job, TasqueueClient } from 'nestjs-tasqueue';
import type { ReportRequest } from './report-request.js';
import { AddUpSales, SumRegion } from './reports.definitions.js';

export interface StartedReport {
  /** The group's id: one job per region. */
  readonly groupId: string;
  /** The job whose result is the report. */
  readonly resultId: string;
}

@Injectable()
export class ReportsService {
  constructor(private readonly tasqueue: TasqueueClient) {}

  async start({ id, regions }: ReportRequest): Promise<StartedReport> {
    const addUp = job(AddUpSales, undefined, { id: `${id}-total` });
    const parts = [...new Set(regions)].map((region) => job(SumRegion, { region }));
    const { id: groupId } = await this.tasqueue.enqueueGroup(
      group(parts, { id, onSuccess: [addUp] }),
    );
    return { groupId, resultId: `${id}-total` };
  }
}
