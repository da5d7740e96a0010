import { HttpException, HttpStatus } from '@nestjs/common';
import { TasqueueError } from '../../core/errors.js';
import { httpStatusOf } from '../../providers/http-status.js';
import type { Refusal } from '../contract/index.js';

export interface Refused {
  readonly status: number;
  readonly body: Refusal;
}

/** How an error is answered; undefined where it is a fault of ours, whose text is for the log alone. */
export function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof HttpException) return ofHttp(error);
  if (!(error instanceof TasqueueError)) return undefined;
  const status = httpStatusOf(error);
  return status && { status, body: { error: { code: error.code, message: error.message } } };
}

export const FAULT: Refused = {
  status: HttpStatus.INTERNAL_SERVER_ERROR,
  body: {
    error: {
      code: 'TASQUEUE_INTERNAL_SERVER_ERROR',
      message: 'the dashboard failed; the log of the server says why',
    },
  },
};

/** Of a guard of the user's too: its message may be an object. */
function ofHttp(error: HttpException): Refused {
  const status = error.getStatus();
  const code = `TASQUEUE_${HttpStatus[status] ?? `HTTP_${status}`}`;
  return { status, body: { error: { code, message: error.message } } };
}
