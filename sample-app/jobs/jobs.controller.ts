import { Controller, Get, Param } from '@nestjs/common';
import {
  type ChainMessage,
  type GroupMessage,
  type JobMessage,
  TasqueueClient,
} from 'nestjs-tasqueue';

/** An unknown id becomes a 404 by the TasqueueExceptionFilter. */
@Controller()
export class JobsController {
  constructor(private readonly tasqueue: TasqueueClient) {}

  @Get('jobs/:id')
  job(@Param('id') id: string): Promise<JobMessage> {
    return this.tasqueue.getJob(id);
  }

  @Get('groups/:id')
  group(@Param('id') id: string): Promise<GroupMessage> {
    return this.tasqueue.getGroup(id);
  }

  @Get('chains/:id')
  chain(@Param('id') id: string): Promise<ChainMessage> {
    return this.tasqueue.getChain(id);
  }

  /** Without a `result` as long as there is none. */
  @Get('results/:id')
  async result(@Param('id') id: string): Promise<{ id: string; result?: unknown }> {
    return { id, result: await this.tasqueue.getResult(id) };
  }
}
