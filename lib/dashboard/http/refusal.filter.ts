import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { FAULT, refusalOf } from './refusal.js';
import { respondJson } from './respond.js';
import { isAnswered, type ServerReply } from './server-request.js';

/** Answers what went wrong in a call of the API as the contract says, also what a guard refused. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  readonly #logger = new Logger('TasqueueDashboard');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<ServerReply>();
    const refused = refusalOf(error);
    if (refused === undefined) this.#logger.error(error);
    // A guard may have answered before it threw.
    if (isAnswered(reply)) return;
    const { status, body } = refused ?? FAULT;
    respondJson(reply, body, status);
  }
}
