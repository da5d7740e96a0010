import { defineTask } from 'nestjs-tasqueue';
import { z } from 'zod';

export interface SentMail {
  readonly messageId: string;
}

/** What it says comes from the step before: the invoice. */
export const SendConfirmation = defineTask('mail.confirm', {
  queue: 'mail',
  payload: z.object({ orderId: z.string(), to: z.email() }),
  timeout: 10_000,
  maxRetries: 5,
}).returns<SentMail>();
