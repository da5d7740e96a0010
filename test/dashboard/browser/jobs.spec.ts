import { beforeAll, describe, expect, it } from 'vitest';
import { sendDoomedMails } from './support/customers.js';
import { eventually } from './support/eventually.js';
import type { Shop } from './support/shop.js';
import { useWorld } from './support/world.js';

const MANY = 120;

async function failed(shop: Shop, count: number): Promise<void> {
  await eventually(async () => {
    const totals = await shop.admin.totals();
    if (totals.failed !== count) throw new Error(`${totals.failed} have failed`);
  });
}

describe('the page of jobs', () => {
  const world = useWorld('jobs');

  beforeAll(async () => {
    const ids = Array.from({ length: MANY }, (_, index) => `o-${index + 1}`);
    await sendDoomedMails(world.shop.client, ids);
    await failed(world.shop, MANY);
  });

  it('completes a filter, applies it, and keeps it in the address', async () => {
    const visitor = await world.visit('jobs?state=failed');
    const filter = visitor.page.getByRole('combobox', { name: 'Filter jobs' });
    await filter.fill('ta');
    await visitor.page.getByRole('option', { name: 'task:' }).click();
    await visitor.page.getByRole('option', { name: 'task:mail.confirm' }).click();
    await expect.poll(() => filter.inputValue()).toBe('task:mail.confirm ');
    await visitor.page.keyboard.type('payload.orderId:o-7');
    await visitor.page.keyboard.press('Enter');

    await visitor.page.getByText(`Looked at ${MANY} of ${MANY}`).waitFor();
    await eventually(async () => expect(await visitor.page.locator('tbody tr').count()).toBe(1));
    expect(new URL(visitor.page.url()).searchParams.get('q')).toBe(
      'task:mail.confirm payload.orderId:o-7',
    );

    await visitor.page.reload();
    await visitor.row('confirm-o-7').waitFor();
    expect(await filter.inputValue()).toBe('task:mail.confirm payload.orderId:o-7');
  });

  it('goes from page to page', async () => {
    const visitor = await world.visit('jobs?state=failed');
    const first = await visitor.page.locator('tbody tr').first().textContent();
    await visitor.button('Next page').click();
    await visitor.button('Page before').waitFor();
    await visitor.page.locator('tbody tr').first().waitFor();
    expect(await visitor.page.locator('tbody tr').first().textContent()).not.toBe(first);
    await visitor.button('Page before').click();
    await eventually(async () =>
      expect(await visitor.page.locator('[data-row-link]').count()).toBe(50),
    );
    await visitor.row('confirm-o-120').waitFor();
  });

  it('deletes what is picked, after a question that names the number', async () => {
    const visitor = await world.visit('jobs?state=failed&q=payload.orderId%3Ao-11*');
    await visitor.row('confirm-o-110').waitFor();
    await visitor.page.getByLabel('Select mail.confirm confirm-o-110').check();
    await visitor.page.getByLabel('Select mail.confirm confirm-o-111').check();
    await visitor.page.getByText('2 failed jobs selected').waitFor();
    await visitor.page.getByRole('region', { name: 'Selected jobs' }).getByText('Delete').click();
    await visitor.dialog().getByRole('heading', { name: 'Delete 2 failed jobs?' }).waitFor();
    await visitor.button('Delete 2').click();
    await visitor.dialog().getByText('2 jobs deleted.').waitFor();
    await visitor.dialog().getByRole('button', { name: 'OK' }).click();
    await visitor.row('confirm-o-110').waitFor({ state: 'detached' });
    expect(await world.shop.admin.totals()).toMatchObject({ failed: MANY - 2 });
  });

  it('deletes all that match, beyond the page', async () => {
    const visitor = await world.visit('jobs?state=failed');
    await visitor.page.getByLabel('Select all on this page').check();
    await visitor.button('Select all that match').click();
    await visitor.page.getByRole('region', { name: 'Selected jobs' }).getByText('Delete').click();
    const left = MANY - 2;
    await visitor.button(`Delete ${left}`).click();
    await visitor.dialog().getByText(`${left} jobs deleted.`).waitFor();
    await visitor.dialog().getByRole('button', { name: 'OK' }).click();
    await visitor.page.getByText('No failed jobs').waitFor();
    expect(await world.shop.admin.totals()).toMatchObject({ failed: 0 });
  });

  it('is worked by keyboard', async () => {
    await sendDoomedMails(world.shop.client, ['k-1', 'k-2']);
    const visitor = await world.visit('');
    const { keyboard } = visitor.page;
    await keyboard.press('g');
    await keyboard.press('j');
    await visitor.page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await visitor.row('confirm-k-2').waitFor();
    await keyboard.press('j');
    await keyboard.press('x');
    await visitor.page.getByText('1 job selected').waitFor();
    await keyboard.press('/');
    await keyboard.type('id:confirm-k-1');
    await keyboard.press('Enter');
    await visitor.row('confirm-k-2').waitFor({ state: 'detached' });
    await visitor.row('confirm-k-1').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await keyboard.press('j');
    await keyboard.press('Enter');
    await visitor.page.getByRole('heading', { level: 1, name: 'mail.confirm' }).waitFor();
  });
});
