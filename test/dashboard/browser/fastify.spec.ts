import { describe, expect, it } from 'vitest';
import { useWorld } from './support/world.js';

describe('on Fastify, below a global prefix', () => {
  const world = useWorld('fastify', { fastifyBelow: 'shop/v1' });

  it('works as anywhere: pages, deep links, live data, actions', async () => {
    const visitor = await world.visit('queues');
    expect(visitor.mount).toContain('/shop/v1/tasqueue/');
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await visitor.button('Pause mail').click();
    await visitor.row('mail').getByText('paused').waitFor();
    await visitor.page.getByRole('link', { name: 'Workers' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: 'Workers' }).waitFor();
    expect(visitor.page.url()).toBe(`${visitor.mount}workers`);
    await visitor.page.reload();
    await visitor.loaded();
    await visitor.page.getByRole('heading', { name: 'Queues' }).waitFor();
  });

  it('needs no slash at its end', async () => {
    const visitor = await world.visit();
    await visitor.page.goto(visitor.mount.slice(0, -1));
    await visitor.loaded();
    await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await visitor.page.getByRole('link', { name: 'Queues', exact: true }).click();
    expect(visitor.page.url()).toBe(`${visitor.mount}queues`);
  });
});
