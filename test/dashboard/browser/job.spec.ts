import { job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { SendConfirmation } from '../../../sample-app/mail/mail.definitions.js';
import { ReserveStock } from '../../../sample-app/stock/stock.definitions.js';
import { sendDoomedMails } from './support/customers.js';
import { eventually } from './support/eventually.js';
import type { Visitor } from './support/visitor.js';
import { useWorld } from './support/world.js';

const HOUR_MS = 3_600_000;
const one = { sku: 'mug', quantity: 1 } as const;

/** The badge beside the id. */
const state = (visitor: Visitor, name: string) =>
  visitor.page.locator('.trail .state', { hasText: name });

describe('the page of a job', () => {
  const world = useWorld('job');

  it('is found among the failures, and retried', async () => {
    const { shop } = world;
    await sendDoomedMails(shop.client, ['found']);
    const visitor = await world.visit('');
    await visitor.page.getByRole('link', { name: /^Failures/ }).click();
    await visitor.page.getByRole('link', { name: 'confirm-found' }).click();
    await state(visitor, 'Failed').waitFor();
    await visitor.page.getByText('mail.tasks').first().waitFor();
    expect(await shop.client.getJob('confirm-found')).toMatchObject({ attempt: 1 });
    await visitor.button('Retry').click();
    await visitor.page.getByText('mail.confirm retried.').waitFor();
    await visitor.page.getByText('Attempt 2 failed').waitFor();
  });

  it('runs a scheduled job now, and shows its log and result as they come', async () => {
    const { shop } = world;
    const later = job(
      ReserveStock,
      { orderId: 'later', lines: [one] },
      { id: 'later', delay: HOUR_MS },
    );
    await shop.client.enqueue(later);
    const visitor = await world.visit('jobs/later');
    await state(visitor, 'Scheduled').waitFor();
    await visitor.button('Run now').click();
    await state(visitor, 'Successful').waitFor();
    await visitor.page.getByRole('log').getByText('1 x mug put aside').waitFor();
    await visitor.page.getByRole('group', { name: 'Result' }).getByText('"totalCents"').waitFor();
  });

  it('cancels and deletes, once it is confirmed', async () => {
    const { shop } = world;
    await shop.client.enqueue(
      job(ReserveStock, { orderId: 'no', lines: [one] }, { id: 'no', delay: HOUR_MS }),
    );
    const visitor = await world.visit('jobs/no');
    await visitor.button('Cancel').click();
    await visitor.button('Cancel 1 job').click();
    await state(visitor, 'Cancelled').waitFor();
    await visitor.button('Delete').click();
    await visitor.button('Delete 1 job').click();
    await visitor.page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await expect(shop.client.getJob('no')).rejects.toMatchObject({ code: 'TASQUEUE_NOT_FOUND' });
  });

  it('is duplicated and edited, and what is wrong in the form is said', async () => {
    const { shop } = world;
    await shop.client.enqueue(
      job(ReserveStock, { orderId: 'first', lines: [one] }, { id: 'first' }),
    );
    const visitor = await world.visit('jobs/first');
    await visitor.button('Duplicate and edit').click();
    const payload = visitor.page.getByLabel('Payload, as JSON');
    await payload.fill('{ oops');
    await visitor.button('Enqueue').click();
    await visitor
      .dialog()
      .getByText(/^Not JSON/)
      .waitFor();
    await payload.fill(JSON.stringify({ orderId: 'second', lines: [one] }));
    await visitor.page.getByLabel('Id', { exact: true }).fill('second');
    await visitor.button('Enqueue').click();
    await visitor.page.waitForURL(/\/jobs\/second$/);
    await eventually(async () => {
      expect(await shop.client.getJob('second')).toMatchObject({
        status: 'successful',
        payload: { orderId: 'second' },
      });
    });
  });

  it('is copied as TypeScript', async () => {
    const { shop } = world;
    const mail = { orderId: 'copy', to: 'ada@example.com' };
    await shop.client.enqueue(job(SendConfirmation, mail, { id: 'copy/100% #1?', delay: HOUR_MS }));
    const visitor = await world.visit(`jobs/${encodeURIComponent('copy/100% #1?')}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await visitor.button('Copy as TypeScript').click();
    await visitor.page.getByText('Copied.').waitFor();
    const copied = await visitor.page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('enqueue("mail.confirm"');
    expect(copied).toContain('ada@example.com');
  });
});
