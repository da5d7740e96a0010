import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { throwError } from 'rxjs';
import { PayloadValidationError, TasqueueError } from '../core/errors.js';
import { httpStatusOf } from './http-status.js';

/**
 * Answers HTTP requests that end in an error of Tasqueue with 404, 400, 409 or 503, its message and
 * its code. Opt in by `{ provide: APP_FILTER, useClass: TasqueueExceptionFilter }`, or on a controller
 * by `@UseFilters(TasqueueExceptionFilter)`. Outside HTTP, and for other errors, it changes nothing.
 */
@Catch(TasqueueError)
export class TasqueueExceptionFilter implements ExceptionFilter<TasqueueError> {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: TasqueueError, host: ArgumentsHost): unknown {
    const type = host.getType<string>();
    // What a microservice expects of a filter that has nothing to say.
    if (type === 'rpc') return throwError(() => exception);
    if (type !== 'http') throw exception;
    // Nest's filter knows how to answer with each HTTP adapter.
    const filter = new BaseExceptionFilter<Error>(this.adapterHost.httpAdapter);
    filter.catch(asHttp(exception), host);
    return undefined;
  }
}

function asHttp(error: TasqueueError): Error {
  const { code, message } = error;
  const status = httpStatusOf(error);
  if (status === undefined) return error;
  const issues = error instanceof PayloadValidationError ? { issues: error.issues } : {};
  return new HttpException({ statusCode: status, message, code, ...issues }, status, {
    cause: error,
  });
}
