import { Logger } from '@nestjs/common';
import type { AuditEvent } from './audit-event.js';

/** Tells of what is done: the user's own `audit`, or the log. */
export class Auditor {
  readonly #logger = new Logger('TasqueueDashboard');

  constructor(private readonly audit: ((event: AuditEvent) => unknown) | undefined) {}

  /** Never rejects: what was done is done, whether or not it could be told. */
  async tell(event: AuditEvent): Promise<void> {
    try {
      if (this.audit) await this.audit(event);
      else this.#log(event);
    } catch (error) {
      this.#logger.error(error);
      this.#log(event);
    }
  }

  #log({ at, ...event }: AuditEvent): void {
    this.#logger.log(`audit ${JSON.stringify({ at: at.toISOString(), ...event })}`);
  }
}
