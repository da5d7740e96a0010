import { job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { ChargeCard } from '../../../sample-app/payments/payments.definitions.js';
import { eventually } from './support/eventually.js';
import { useWorld } from './support/world.js';

const SCREENS = ['', 'queues', 'jobs', 'jobs/charge', 'failures', 'schedules', 'workers'];
const HOUR_MS = 3_600_000;

const charge = job(
  ChargeCard,
  { orderId: 'o', customer: 'ada@example.com', card: 'tok_secret_4711' },
  { id: 'charge', delay: HOUR_MS },
);

describe('a visitor who may only look', () => {
  const world = useWorld('read-only', { dashboard: { readOnly: true } });

  it.each(SCREENS)('sees no button that changes anything on /%s', async (path) => {
    await world.shop.client.enqueue(charge);
    const visitor = await world.visit(path);
    await visitor.page.getByText('read-only').waitFor();
    const words =
      /^(Pause|Resume|Clear (?!the)|Change|Retry|Cancel|Delete|Run|Remove|New job|Dupl)/;
    expect(await visitor.page.getByRole('main').getByRole('button', { name: words }).count()).toBe(
      0,
    );
    expect(await visitor.page.getByRole('checkbox').count()).toBe(0);
  });

  it.each([
    ['POST', 'queues/mail/pause', {}],
    ['POST', 'jobs/charge/cancel', {}],
    ['DELETE', 'jobs/charge', {}],
    ['POST', 'jobs/bulk', { action: 'delete', ids: ['charge'] }],
    ['DELETE', 'schedules/maintenance.nightly', {}],
  ])('is refused %s %s with 403', async (method, path, body) => {
    const { status, text } = await world.shop.call(method, path, body);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: expect.stringContaining('TASQUEUE_') },
    });
  });
});

describe('a visitor with some rights', () => {
  const world = useWorld('rights', {
    dashboard: { can: (_, action) => action === 'queue.pause', user: () => 'ada' },
  });

  it('sees the buttons for those, and their own name', async () => {
    const visitor = await world.visit('queues');
    await visitor.page.getByText('ada').waitFor();
    await visitor.button('Pause mail').waitFor();
    expect(await visitor.button('Clear mail').count()).toBe(0);
    await visitor.open('schedules');
    expect(await visitor.button(/^Remove/).count()).toBe(0);
  });
});

describe('what nobody may see', () => {
  const world = useWorld('redacted', { dashboard: { redact: ['customer'] } });

  it('is in no page and in no reply', async () => {
    await world.shop.client.enqueue(charge);
    const visitor = await world.visit();
    const bodies: string[] = [];
    visitor.page.on('response', (response) => {
      if (!response.url().endsWith('/live')) void response.text().then((text) => bodies.push(text));
    });
    await visitor.open('jobs/charge');
    const payload = visitor.page.getByRole('group', { name: 'Payload' });
    await payload.getByText('"orderId"').waitFor();
    await visitor.page.getByText('Hidden:').waitFor();
    await visitor.open('jobs?state=scheduled');
    await visitor.row('charge').waitFor();
    await eventually(async () => expect(bodies.join()).toContain('payments.charge'));
    const seen = [...bodies, await visitor.page.content()].join('\n');
    expect(seen).not.toContain('tok_secret_4711');
    expect(seen).not.toContain('ada@example.com');
  });

  it('is not found by filtering for it either', async () => {
    const visitor = await world.visit('jobs?state=scheduled&q=tok_secret_4711');
    await visitor.page.getByText('No scheduled job matches').waitFor();
  });
});
