import { describe, expect, it } from 'vitest';
import { enqueueMixedGroup, placeOrder, sendDoomedMails } from './support/customers.js';
import { eventually } from './support/eventually.js';
import { useWorld } from './support/world.js';

describe('the pictures of groups and chains', () => {
  const world = useWorld('workflows');

  it('mark the failed step of a chain, and retry it', async () => {
    const { shop } = world;
    await placeOrder(shop, { id: 'stolen', card: 'tok_stolen' });
    await eventually(async () => {
      expect(await shop.client.getChain('stolen')).toMatchObject({ status: 'failed' });
    });
    const visitor = await world.visit('workflows');
    await visitor.page.getByRole('link', { name: 'stolen', exact: true }).click();
    const steps = visitor.page.locator('.chain .node');
    await eventually(async () => expect(await steps.count()).toBe(4));
    const failed = visitor.page.locator('.node-failed');
    expect(await failed.textContent()).toContain('Step 2 of 4');
    expect(await failed.textContent()).toContain('card refused: reported stolen');
    await visitor.button('Retry 1 failed job').click();
    await visitor.page.getByText('1 job retried.').waitFor();
    await eventually(async () => {
      expect(await shop.client.getJob('stolen:1')).toMatchObject({ status: 'failed', attempt: 2 });
    });
  });

  it('show the members of a group, and cancel the rest', async () => {
    const { shop } = world;
    await shop.admin.pause('reports');
    await enqueueMixedGroup(shop.client, 'mixed');
    const visitor = await world.visit('workflows/mixed');
    await visitor.page.getByText('3 queued, 1 failed').waitFor();
    await visitor.button('Cancel the rest').click();
    await visitor.button('Cancel 3 jobs').click();
    await visitor.page.getByText('3 cancelled, 1 failed').waitFor();
    await shop.admin.resume('reports');
  });

  it('say it where there is none', async () => {
    const visitor = await world.visit();
    visitor.expected = /404/;
    await visitor.page.goto(`${visitor.mount}workflows/unknown`);
    await visitor.page.getByText('There is no such thing here').waitFor();
  });
});

describe('the page of failures', () => {
  const world = useWorld('failures');

  it('puts like errors together, and retries them at a limited rate', async () => {
    const { shop } = world;
    await sendDoomedMails(shop.client, ['f-1', 'f-2', 'f-3']);
    await placeOrder(shop, { id: 'stolen', card: 'tok_stolen' });
    await eventually(async () => {
      expect(await shop.admin.totals()).toMatchObject({ failed: 4 });
    });
    const visitor = await world.visit('failures');
    await visitor.row("reading 'number'").getByText('3', { exact: true }).waitFor();
    await visitor.row('reported stolen').getByText('1', { exact: true }).waitFor();

    await visitor.page.getByLabel('Select mail.confirm').check();
    await visitor.page.getByLabel('Select payments.charge').check();
    await visitor.button('Retry selected').click();
    await visitor.dialog().getByRole('heading', { name: 'Retry 4 failed jobs?' }).waitFor();
    await visitor.button('Keep as they are').click();

    await visitor.button(/^Retry 3 failed mail.confirm/).click();
    await visitor.dialog().getByLabel('10 a second').check();
    await visitor.dialog().getByRole('button', { name: 'Retry 3' }).click();
    await visitor.dialog().getByText('3 jobs retried.').waitFor();
    await eventually(async () => {
      expect(await shop.client.getJob('confirm-f-1')).toMatchObject({ attempt: 2 });
    });
  });
});

describe('the page of schedules', () => {
  const world = useWorld('schedules');
  const id = 'maintenance.nightly';

  it('runs, pauses, resumes and removes a schedule', async () => {
    const { shop } = world;
    const visitor = await world.visit('schedules');
    await visitor.page.getByText('Europe/Berlin').waitFor();

    await visitor.button(`Run now: ${id}`).click();
    await visitor.page.locator('.schedule .state', { hasText: 'Successful' }).waitFor();

    await visitor.button(`Pause ${id}`).click();
    await visitor.page.getByText('None while it is paused.').waitFor();
    await visitor.button(`Resume ${id}`).click();
    await visitor.button(`Pause ${id}`).waitFor();

    await visitor.button(`Remove ${id}`).click();
    await visitor.button('Remove 1 schedule').click();
    await visitor.page.getByText('No schedules').waitFor();
    expect(await shop.admin.schedules()).toEqual([]);
  });
});
