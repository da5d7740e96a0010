import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { TasqueueAdmin, TasqueueClient } from 'nestjs-tasqueue';
import { type PageQuery, pageQuery } from './page-query.js';

/** Put a guard of your own in front of this: here anyone may do anything. */
@Controller('admin')
export class AdminController {
  constructor(
    private readonly tasqueue: TasqueueClient,
    private readonly admin: TasqueueAdmin,
  ) {}

  @Get('queues')
  async queues() {
    const names = await this.admin.queues();
    return Promise.all(names.map(async (queue) => ({ queue, ...(await this.admin.stats(queue)) })));
  }

  @Get('failed')
  failed(@Query({ schema: pageQuery }) page: PageQuery) {
    return this.admin.failed(page);
  }

  @Get('schedules')
  schedules() {
    return this.admin.schedules();
  }

  @Post('schedules/:id/run')
  @HttpCode(HttpStatus.ACCEPTED)
  async runNow(@Param('id') id: string): Promise<{ jobId: string }> {
    return { jobId: await this.admin.runNow(id) };
  }

  @Post('jobs/:id/retry')
  @HttpCode(HttpStatus.NO_CONTENT)
  async retry(@Param('id') id: string): Promise<void> {
    await this.tasqueue.retry(id);
  }

  /** Takes the id of a group or a chain as well. */
  @Post('jobs/:id/cancel')
  @HttpCode(HttpStatus.OK)
  async cancel(@Param('id') id: string): Promise<{ cancelled: boolean }> {
    return { cancelled: await this.tasqueue.cancel(id) };
  }
}
