import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTracing } from '../../sample-app/observability/tracing.js';
import { ShopUnderTest } from './shop-under-test.js';

const exporter = new InMemorySpanExporter();
let stopTracing: () => Promise<void>;
let shop: ShopUnderTest;

beforeAll(async () => {
  stopTracing = startTracing(exporter);
  shop = await ShopUnderTest.open();
});

afterAll(async () => {
  await shop.close();
  await stopTracing();
});

/** Where a span stands: its own name or task, then those above it. */
function wayOf(span: ReadableSpan, spans: readonly ReadableSpan[]): string[] {
  const above = spans.find(
    (other) => other.spanContext().spanId === span.parentSpanContext?.spanId,
  );
  const { name, attributes } = span;
  const own = name.startsWith('process') ? String(attributes['tasqueue.task']) : name;
  return [own, ...(above ? wayOf(above, spans) : [])];
}

describe('the shop, observed', () => {
  it('shows an order in one trace: from the request, by its chain, to the last follow-up', async () => {
    const placed = await shop.place('traced');
    expect(placed.status).toBe(202);
    await shop.order('traced', 'shipped');
    const ways = await shop.eventually(async () => {
      const spans = exporter.getFinishedSpans();
      const request = spans.find(({ attributes }) => attributes['url.path'] === '/orders');
      const { traceId } = request?.spanContext() ?? {};
      const trace = spans.filter((span) => span.spanContext().traceId === traceId);
      expect(trace.map(({ attributes }) => attributes['tasqueue.task'])).toContain('orders.close');
      return trace.map((span) => wayOf(span, trace).join(' < '));
    });
    expect(new Set(ways)).toEqual(
      new Set([
        'POST',
        'send < POST',
        'stock.reserve < send < POST',
        'payments.charge < send < POST',
        'invoices.make < send < POST',
        'mail.confirm < send < POST',
        'orders.close < send < POST',
      ]),
    );
    expect(ways).toHaveLength(7);
  });

  it('takes up the trace of who asks', async () => {
    const traceId = 'c'.repeat(32);
    await fetch(`${shop.url}/reports/sales`, {
      method: 'POST',
      headers: { traceparent: `00-${traceId}-${'d'.repeat(16)}-01` },
    });
    await shop.eventually(async () => {
      const tasks = exporter
        .getFinishedSpans()
        .filter((span) => span.spanContext().traceId === traceId)
        .map(({ attributes }) => attributes['tasqueue.task']);
      expect(tasks).toContain('reports.add-up');
    });
  });

  it('counts at /metrics, for Prometheus', async () => {
    await shop.place('counted');
    await shop.order('counted', 'shipped');
    const text = await (await fetch(`${shop.url}/metrics`)).text();
    expect(text).toMatch(/^tasqueue_jobs_enqueued_total{queue="mail",task="mail.confirm"} \d+$/m);
    expect(text).toMatch(/^tasqueue_job_duration_seconds_count{.*task="orders.close".*} \d+$/m);
    expect(text).toMatch(/^tasqueue_queue_depth{queue="orders",state="queued"} 0$/m);
    expect(text).toMatch(/^tasqueue_worker_slots_limit{queue="stock"} \d+$/m);
  });
});
