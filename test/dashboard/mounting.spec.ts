import { RequestMethod, VersioningType } from '@nestjs/common';
import { TasqueueModule } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../lib/dashboard/http/address.js';
import { DashboardApp, SERVERS } from './support/dashboard-app.js';

const visitor = async (mount: string) => (await fetch(`${mount}/api/visitor`)).status;

describe.each(SERVERS)('on %s a dashboard', (server) => {
  it('stands below the global prefix, or beside it', async () => {
    const below = await DashboardApp.open({
      server,
      prepare: (app) => void app.setGlobalPrefix('v1/ops'),
    });
    expect(await visitor(`${below.url}/v1/ops/tasqueue`)).toBe(200);
    const exclude = [
      { path: 'tasqueue', method: RequestMethod.ALL },
      { path: server === 'Fastify' ? 'tasqueue/*' : 'tasqueue/*rest', method: RequestMethod.ALL },
      {
        path: server === 'Fastify' ? 'tasqueue/api/*' : 'tasqueue/api/*rest',
        method: RequestMethod.ALL,
      },
    ];
    const beside = await DashboardApp.open({
      server,
      prepare: (app) => void app.setGlobalPrefix('v1', { exclude }),
    });
    expect(await visitor(`${beside.url}/tasqueue`)).toBe(200);
  });

  it('is left alone by versions', async () => {
    const { url } = await DashboardApp.open({
      server,
      prepare: (app) =>
        void app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' }),
    });
    expect(await visitor(`${url}/tasqueue`)).toBe(200);
  });

  it('stands where the option says, also twice in one application', async () => {
    const { url } = await DashboardApp.open({
      server,
      dashboard: { path: 'ops/jobs' },
      imports: [TasqueueModule.forRoot({ name: 'reports' })],
    });
    expect(await visitor(`${url}/ops/jobs`)).toBe(200);
    expect(await visitor(`${url}/tasqueue`)).toBe(404);
  });

  it('takes ids that are long and hold anything', async () => {
    const { url } = await DashboardApp.open({ server });
    const id = encodeURIComponent(`${'é/'.repeat(90)}%?#`);
    const reply = await fetch(`${url}/tasqueue/api/jobs/${id}`);
    expect(reply.status).toBe(404);
    expect(await reply.text()).toContain('no job');
  });

  it('ends its streams as the application closes', async () => {
    const { app, url } = await DashboardApp.open({ server });
    const stream = await fetch(`${url}/tasqueue/api/live`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const text = stream.text();
    await app.close();
    expect(await text).toMatch(/^: \n\n/);
  });
});

it.each([
  ['/tasqueue', '/tasqueue', './tasqueue/', []],
  ['/tasqueue/*', '/tasqueue/', './', []],
  ['/v1/tasqueue/*', '/v1/tasqueue/jobs', './', ['jobs']],
  ['/:tenant/tasqueue/*rest', '/acme/tasqueue/jobs/a%2Fb?x=1', '../', ['jobs', 'a/b']],
  ['/tasqueue/*', '/tasqueue/jobs/', '../', ['jobs']],
])('finds its way home from %s at %s', (route, url, base, segments) => {
  const found = addressOf({ method: 'GET', url, headers: {}, routeOptions: { url: route } });
  expect([found.base, found.segments]).toEqual([base, segments]);
  const inside = new URL(base, `http://host/outside${url}`).pathname;
  expect(inside.endsWith('/tasqueue/')).toBe(true);
});
