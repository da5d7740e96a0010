import { describe, expect, it } from 'vitest';
import { placeOrder } from './support/customers.js';
import { eventually } from './support/eventually.js';
import { useWorld } from './support/world.js';

describe('the page of queues', () => {
  const world = useWorld('queues');

  it('pauses and resumes a queue, and another browser sees it within two seconds', async () => {
    const [one, other] = await Promise.all([world.visit('queues'), world.visit('queues')]);
    await Promise.all([one.hears(), other.hears()]);

    await one.button('Pause stock').click();
    const pausedAt = performance.now();
    await other.row('stock').getByText('paused').waitFor();
    expect(performance.now() - pausedAt).toBeLessThan(2_000);
    expect(await world.shop.admin.stats('stock')).toMatchObject({ paused: true });

    await other.button('Resume stock').click();
    const resumedAt = performance.now();
    await one.button('Pause stock').waitFor();
    expect(performance.now() - resumedAt).toBeLessThan(2_000);
  });

  it('clears a queue once it is confirmed, by the number', async () => {
    const { shop } = world;
    await shop.admin.pause('stock');
    await Promise.all(['a', 'b', 'c'].map((id) => placeOrder(shop, { id })));
    const visitor = await world.visit('queues');
    await visitor.row('stock').getByRole('link', { name: '3 queued in stock' }).waitFor();

    await visitor.button('Clear stock').click();
    await visitor.dialog().getByRole('heading', { name: 'Delete 3 waiting jobs?' }).waitFor();
    await visitor.button('Delete 3 jobs').click();

    await visitor.page.getByText('3 jobs deleted from stock.').waitFor();
    expect(await shop.admin.stats('stock')).toMatchObject({ queued: 0 });
    await shop.admin.resume('stock');
  });

  it('leaves everything as it is when a question is closed', async () => {
    const visitor = await world.visit('queues');
    await visitor.button('Clear mail').click();
    await visitor.dialog().waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.dialog().waitFor({ state: 'detached' });
    // The focus is back where it was.
    expect(await visitor.page.evaluate('document.activeElement.ariaLabel')).toBe('Clear mail');
  });

  it('changes how many jobs run at once', async () => {
    const visitor = await world.visit('queues');
    await visitor.button('Change concurrency of mail').click();
    const change = visitor.dialog().getByRole('button', { name: 'Change' });
    await visitor.page.getByLabel('Jobs at once in each worker process').fill('0');
    expect(await change.isDisabled()).toBe(true);
    await visitor.page.getByLabel('Jobs at once in each worker process').fill('3');
    await change.click();
    await visitor.page.getByText('mail runs 3 jobs at once').waitFor();
    await eventually(async () => {
      const metrics = await (await fetch(`${world.shop.url}metrics`)).text();
      expect(metrics).toMatch(/^tasqueue_worker_slots_limit\{.*queue="mail".*\} 3$/m);
    });
  });
});
