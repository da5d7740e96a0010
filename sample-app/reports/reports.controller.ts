import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { type ReportRequest, reportRequest } from './report-request.js';
import { ReportsService, type StartedReport } from './reports.service.js';

@Controller('reports')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post('sales')
  @HttpCode(HttpStatus.ACCEPTED)
  sales(@Body({ schema: reportRequest }) request: ReportRequest): Promise<StartedReport> {
    return this.reports.start(request);
  }
}
