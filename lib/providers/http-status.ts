import { HttpStatus } from '@nestjs/common';
import type { TasqueueError } from '../core/errors.js';

/** The status of each error that the caller of a route may cause or meet; the others stay 500. */
const STATUS: Readonly<Partial<Record<TasqueueError['code'], HttpStatus>>> = {
  TASQUEUE_NOT_FOUND: HttpStatus.NOT_FOUND,
  TASQUEUE_INVALID_OPTIONS: HttpStatus.BAD_REQUEST,
  TASQUEUE_PAYLOAD_VALIDATION: HttpStatus.BAD_REQUEST,
  TASQUEUE_PAYLOAD_TOO_LARGE: HttpStatus.BAD_REQUEST,
  TASQUEUE_ENCODING: HttpStatus.BAD_REQUEST,
  TASQUEUE_UNKNOWN_TASK: HttpStatus.BAD_REQUEST,
  TASQUEUE_INVALID_STATE: HttpStatus.CONFLICT,
  TASQUEUE_BROKER_UNAVAILABLE: HttpStatus.SERVICE_UNAVAILABLE,
  TASQUEUE_RESULTS_UNAVAILABLE: HttpStatus.SERVICE_UNAVAILABLE,
  TASQUEUE_CLOSED: HttpStatus.SERVICE_UNAVAILABLE,
  TASQUEUE_TIMEOUT: HttpStatus.SERVICE_UNAVAILABLE,
};

/** Undefined where the caller can do nothing about it. */
export function httpStatusOf({ code }: TasqueueError): HttpStatus | undefined {
  return STATUS[code];
}
