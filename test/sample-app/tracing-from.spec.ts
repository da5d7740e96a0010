import { trace } from '@opentelemetry/api';
import { expect, it, vi } from 'vitest';
import { tracingFrom } from '../../sample-app/observability/tracing-from.js';

const makeSpan = () => trace.getTracer('test').startSpan('a span').end();

it('traces nothing unless it is asked to', () => {
  const dir = vi.spyOn(console, 'dir').mockImplementation(() => {});
  expect(tracingFrom({})).toBeUndefined();
  expect(tracingFrom({ TRACES: '' })).toBeUndefined();
  makeSpan();
  expect(dir).not.toHaveBeenCalled();
  dir.mockRestore();
});

it('writes spans to the console', async () => {
  const dir = vi.spyOn(console, 'dir').mockImplementation(() => {});
  const stop = tracingFrom({ TRACES: 'console' });
  makeSpan();
  await stop?.();
  expect(dir.mock.calls[0]?.[0]).toMatchObject({ name: 'a span' });
  dir.mockRestore();
});

it('knows no other place', () => {
  expect(() => tracingFrom({ TRACES: 'zipkin' })).toThrow("TRACES can be 'console', not 'zipkin'");
});
