import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

export interface Mail {
  /** A mail with a known key is not sent again. */
  readonly idempotencyKey: string;
  readonly to: string;
  readonly subject: string;
}

const SEND_MS = 40;

/** Stands for the mail service. */
@Injectable()
export class Mailer {
  readonly #sent = new Map<string, Mail>();

  async send(mail: Mail, signal: AbortSignal): Promise<{ messageId: string }> {
    await pause(SEND_MS, undefined, { signal });
    this.#sent.set(mail.idempotencyKey, mail);
    return { messageId: `<${mail.idempotencyKey}@shop.example>` };
  }
}
