import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import type { JobContext } from 'nestjs-tasqueue';

/** Writes to the log of the job at work. Each attempt has its own: in a task, the request is the job. */
@Injectable({ scope: Scope.REQUEST })
export class MailTrail {
  constructor(@Inject(REQUEST) private readonly job: JobContext) {}

  sent(to: string, subject: string): void {
    this.job.log(`sent to ${to}: ${subject}`);
  }
}
