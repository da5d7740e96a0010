import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { enqueueMixedGroup, placeOrder, sendDoomedMails } from './support/customers.js';
import type { Shop } from './support/shop.js';
import type { Visitor } from './support/visitor.js';
import { useWorld } from './support/world.js';

/** Where pictures are put; none are taken without it. */
const PICTURES = process.env['TASQUEUE_SCREENSHOTS'];
/** What the guide shows. */
const PICTURED =
  /^((overview|queues|jobs|job|failures|chain|group|schedules|workers)-light|overview-dark|jobs-phone)$/;

const SCREENS = [
  { name: 'overview', path: '', heading: 'Overview' },
  { name: 'queues', path: 'queues', heading: 'Queues' },
  { name: 'jobs', path: 'jobs?state=failed', heading: 'Jobs' },
  { name: 'job', path: 'jobs/stolen%3A1', heading: 'payments.charge' },
  { name: 'failures', path: 'failures', heading: 'Failures' },
  { name: 'workflows', path: 'workflows', heading: 'Groups and chains' },
  { name: 'chain', path: 'workflows/stolen', heading: 'stolen' },
  { name: 'group', path: 'workflows/mixed', heading: 'mixed' },
  { name: 'schedules', path: 'schedules', heading: 'Schedules' },
  { name: 'workers', path: 'workers', heading: 'Workers' },
  { name: 'nowhere', path: 'nowhere', heading: 'Nothing here' },
] as const;

const LOOKS = [
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'phone', options: { viewport: { width: 390, height: 844 } } },
] as const;

describe('the dashboard', () => {
  const world = useWorld('screens');

  beforeAll(() => busyDay(world.shop));

  describe.each(LOOKS)('$name', (look) => {
    it.each(SCREENS)('shows $name, and axe finds nothing', async ({ name, path, heading }) => {
      const visitor = await world.visit(path, look.options);
      await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await takePicture(visitor, `${name}-${look.name}`);
      expect(await visitor.flaws()).toEqual([]);
    });
  });

  it('shows its help, and axe finds nothing', async () => {
    const visitor = await world.visit('jobs');
    await visitor.page.keyboard.press('?');
    await visitor.dialog().waitFor();
    expect(await visitor.flaws()).toEqual([]);
  });
});

async function busyDay(shop: Shop): Promise<void> {
  const orders = Array.from({ length: 30 }, (_, index) => ({
    id: `order-${index + 1}`,
    card: index % 3 === 0 ? 'tok_visa' : 'tok_steady',
  }));
  await Promise.all(orders.map((order) => placeOrder(shop, order)));
  await placeOrder(shop, { id: 'stolen', card: 'tok_stolen' });
  await sendDoomedMails(
    shop.client,
    Array.from({ length: 12 }, (_, index) => `lost-${index + 1}`),
  );
  await enqueueMixedGroup(shop.client, 'mixed');
  await vi.waitFor(
    async () => {
      const open = { queued: 0, processing: 0, retrying: 0 };
      expect(await shop.admin.totals()).toMatchObject({ ...open, failed: 14 });
    },
    { timeout: 20_000 },
  );
}

async function takePicture({ page }: Visitor, name: string): Promise<void> {
  if (PICTURES === undefined || !PICTURED.test(name)) return;
  // A stack tells where this machine keeps its files.
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = false`);
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
