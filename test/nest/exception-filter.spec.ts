import { Controller, Get, Param } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { EMPTY, isObservable, lastValueFrom } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  BrokerUnavailableError,
  CancelledError,
  ClosedError,
  EncodingError,
  InvalidOptionsError,
  InvalidStateError,
  JobFailedError,
  NotFoundError,
  PayloadTooLargeError,
  PayloadValidationError,
  ResultsUnavailableError,
  TasqueueExceptionFilter,
  TimeoutError,
  UnknownTaskError,
} from '../../lib/index.js';

const ERRORS = {
  'not-found': new NotFoundError("no job 'x'"),
  'invalid-options': new InvalidOptionsError('job', ['id: expected a text']),
  'payload-validation': new PayloadValidationError('payload: wrong', [
    { path: 'to', message: 'no email' },
  ]),
  'payload-too-large': new PayloadTooLargeError('too large'),
  encoding: new EncodingError('circular'),
  'unknown-task': new UnknownTaskError("no task 'x'"),
  'invalid-state': new InvalidStateError('running'),
  'broker-unavailable': new BrokerUnavailableError('gone'),
  'results-unavailable': new ResultsUnavailableError('gone'),
  closed: new ClosedError('closed'),
  timeout: new TimeoutError('late'),
  'job-failed': new JobFailedError('x', []),
  cancelled: new CancelledError('cancelled'),
  other: new Error('secret'),
};

function errorOf(name: string): Error {
  return new Map<string, Error>(Object.entries(ERRORS)).get(name)!;
}

@Controller()
class Jobs {
  @Get(':error') fail(@Param('error') name: string) {
    throw errorOf(name);
  }
}

const ADAPTERS = { Express: () => new ExpressAdapter(), Fastify: () => new FastifyAdapter() };

/** Asks an app with this adapter for one error of the above. */
async function ask(adapter: keyof typeof ADAPTERS, name: string) {
  const compiled = await Test.createTestingModule({
    controllers: [Jobs],
    providers: [{ provide: APP_FILTER, useClass: TasqueueExceptionFilter }],
  }).compile();
  const app = compiled.createNestApplication(ADAPTERS[adapter](), { logger: false });
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  const response = await fetch(`${await app.getUrl()}/${name}`);
  return { status: response.status, body: await response.json() };
}

describe.each(['Express', 'Fastify'] as const)('over %s', (adapter) => {
  it.each([
    ['not-found', 404, 'TASQUEUE_NOT_FOUND'],
    ['invalid-options', 400, 'TASQUEUE_INVALID_OPTIONS'],
    ['payload-too-large', 400, 'TASQUEUE_PAYLOAD_TOO_LARGE'],
    ['encoding', 400, 'TASQUEUE_ENCODING'],
    ['unknown-task', 400, 'TASQUEUE_UNKNOWN_TASK'],
    ['invalid-state', 409, 'TASQUEUE_INVALID_STATE'],
    ['broker-unavailable', 503, 'TASQUEUE_BROKER_UNAVAILABLE'],
    ['results-unavailable', 503, 'TASQUEUE_RESULTS_UNAVAILABLE'],
    ['closed', 503, 'TASQUEUE_CLOSED'],
    ['timeout', 503, 'TASQUEUE_TIMEOUT'],
  ])('%s is %i', async (name, statusCode, code) => {
    const { message } = errorOf(name);
    expect(await ask(adapter, name)).toEqual({
      status: statusCode,
      body: { statusCode, message, code },
    });
  });

  it('a payload that its schema refuses tells the caller why', async () => {
    const { status, body } = await ask(adapter, 'payload-validation');
    expect(status).toBe(400);
    expect(body).toMatchObject({ issues: [{ path: 'to', message: 'no email' }] });
  });

  it.each(['job-failed', 'cancelled', 'other'])('%s stays an internal error', async (name) => {
    expect(await ask(adapter, name)).toEqual({
      status: 500,
      body: { statusCode: 500, message: 'Internal server error' },
    });
  });
});

describe('elsewhere than in HTTP', () => {
  const filter = new TasqueueExceptionFilter(new HttpAdapterHost());
  const error = new NotFoundError('gone');
  const hostOf = (type: string) => {
    const host = new ExecutionContextHost([]);
    host.setType(type);
    return host;
  };

  it.each(['ws', 'graphql', 'tasqueue'])('the error of a %s handler goes on', (type) => {
    expect(() => filter.catch(error, hostOf(type))).toThrow(error);
  });

  it('the error of a microservice handler goes on as an observable', async () => {
    const answer = filter.catch(error, hostOf('rpc'));
    const values = isObservable(answer) ? answer : EMPTY;
    await expect(lastValueFrom(values)).rejects.toBe(error);
  });
});
