import { Injectable } from '@nestjs/common';
import { type JobContext, type PayloadOf, Task } from 'nestjs-tasqueue';
import type { Invoice } from '../invoices/invoices.definitions.js';
import { type SentMail, SendConfirmation } from './mail.definitions.js';
import { MailTrail } from './mail-trail.js';
import { Mailer } from './mailer.js';

@Injectable()
export class MailTasks {
  constructor(
    private readonly mailer: Mailer,
    private readonly trail: MailTrail,
  ) {}

  @Task(SendConfirmation, { concurrency: 8 })
  async confirm(
    { orderId, to }: PayloadOf<typeof SendConfirmation>,
    ctx: JobContext<PayloadOf<typeof SendConfirmation>, Invoice>,
  ): Promise<SentMail> {
    const subject = `Your order ${orderId} is on its way (invoice ${ctx.prevJobResult.number})`;
    const sent = await this.mailer.send({ idempotencyKey: ctx.id, to, subject }, ctx.signal);
    this.trail.sent(to, subject);
    return sent;
  }
}
