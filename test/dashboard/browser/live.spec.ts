import { job } from 'nestjs-tasqueue';
import { describe, it } from 'vitest';
import { ReserveStock } from '../../../sample-app/stock/stock.definitions.js';
import { useWorld } from './support/world.js';

/** What a browser does when its tab goes to the back. */
const HIDDEN = `
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
`;

describe('the stream of events', () => {
  const world = useWorld('live');

  it('comes again after the server was away', async () => {
    const first = await world.another();
    const { port } = first;
    const visitor = await world.visit();
    visitor.expected = new RegExp(`net::ERR_|Failed to load|asked ${first.mount}`);
    await visitor.page.goto(`${first.mount}queues`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await first.close();
    await visitor.page.getByText('Connection lost').waitFor();

    const second = await world.another({ port });
    await visitor.page.getByText(/^(Live|Every 5 seconds)$/).waitFor();
    await second.admin.pause('mail');
    await visitor.row('mail').getByText('paused').waitFor();
    await second.admin.resume('mail');
  });

  it('is done without where a proxy breaks it: the page asks instead', async () => {
    const visitor = await world.visit();
    visitor.expected = /net::ERR_FAILED/;
    await visitor.page.route('**/api/live', (route) => route.abort());
    await visitor.open('queues');
    await visitor.page.getByText('Every 5 seconds').waitFor();
    await world.shop.admin.pause('mail');
    await visitor.row('mail').getByText('paused').waitFor();
    await world.shop.admin.resume('mail');
  });

  it('shows a new job without being asked', async () => {
    const visitor = await world.visit('jobs?state=successful');
    await visitor.page.getByText('No successful jobs').waitFor();
    const lines = [{ sku: 'mug', quantity: 1 } as const];
    await world.shop.client.enqueue(job(ReserveStock, { orderId: 'new', lines }, { id: 'new' }));
    await visitor.row('new').waitFor();
  });

  it('rests while nobody looks', async () => {
    const visitor = await world.visit('queues');
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await visitor.page.evaluate(HIDDEN);
    await visitor.page.getByText('Paused', { exact: true }).waitFor();
  });
});
