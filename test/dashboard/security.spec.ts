/* oxlint-disable typescript/no-unsafe-member-access -- bodies have been checked against the document of the API */
import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Task, TasqueueAdmin, TasqueueClient } from 'nestjs-tasqueue';
import { type AuditEvent, UnguardedDashboardError } from 'nestjs-tasqueue/dashboard';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../nest/support/running-app.js';
import { ACTION_HEADERS, ApiCaller } from './support/api-caller.js';
import { DashboardApp, SERVERS } from './support/dashboard-app.js';

@Injectable()
class Doorman {
  readonly key = 'open';
}

@Injectable()
class KeyGuard implements CanActivate {
  constructor(private readonly doorman: Doorman) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (request.headers['x-key'] === this.doorman.key) return true;
    throw new UnauthorizedException('the key is missing');
  }
}

class Tasks {
  @Task('pay', { queue: 'pay' }) pay() {
    throw new Error('refused: token=tok_secret1');
  }
}

const PAYLOAD = { card: { number: '4111-SECRET' }, customer: { email: 'ada@SECRET' }, sum: 5 };

afterEach(() => vi.unstubAllEnvs());

describe('in production', () => {
  it('a dashboard without a guard stops the bootstrap, also with an empty list', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await expect(DashboardApp.open()).rejects.toThrow(UnguardedDashboardError);
    await expect(DashboardApp.open({ dashboard: { guards: [] } })).rejects.toThrow(
      /guards: \[AdminGuard\]/,
    );
  });

  it('one is mounted with a guard, or where it is said to be guarded otherwise', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await DashboardApp.open({ dashboard: { unguarded: true } });
    const { url } = await DashboardApp.open({
      dashboard: { guards: [{ canActivate: () => false }] },
    });
    expect((await fetch(`${url}/tasqueue/api/visitor`)).status).toBe(403);
  });
});

describe.each(SERVERS)('on %s', (server) => {
  const guarded = () =>
    DashboardApp.open({
      server,
      dashboard: { guards: [KeyGuard] },
      providers: [KeyGuard, Doorman],
    });

  it('guards keep strangers from pages, calls and the stream', async () => {
    const { url } = await guarded();
    for (const path of ['', '/jobs', '/api/visitor', '/api/live', '/api/openapi.json'])
      expect((await fetch(`${url}/tasqueue${path}`)).status).toBe(401);
    const refused = await fetch(`${url}/tasqueue/api/visitor`);
    expect(await refused.json()).toEqual({
      error: { code: 'TASQUEUE_UNAUTHORIZED', message: 'the key is missing' },
    });
    const letIn = await fetch(`${url}/tasqueue/api/visitor`, { headers: { 'x-key': 'open' } });
    expect(letIn.status).toBe(200);
  });

  it('every answer bears a strict content policy', async () => {
    const { url } = await DashboardApp.open({ server });
    for (const path of ['visitor', 'nothing', 'jobs/none']) {
      const policy = (await fetch(`${url}/tasqueue/api/${path}`)).headers.get(
        'content-security-policy',
      );
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    }
  });

  it.each([
    ['without our header', { 'content-type': 'application/json' }, 403],
    ['as a form', { ...ACTION_HEADERS, 'content-type': 'text/plain' }, 415],
    ['from another site', { ...ACTION_HEADERS, 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sibling', { ...ACTION_HEADERS, 'sec-fetch-site': 'same-site' }, 403],
    ['from another origin', { ...ACTION_HEADERS, origin: 'https://evil.example' }, 403],
    ['from a sandbox', { ...ACTION_HEADERS, origin: 'null' }, 403],
  ])('an action %s is refused', async (_, headers, status) => {
    const { url, app } = await DashboardApp.open({ server });
    const init = { method: 'POST', headers: { ...headers }, body: '{}' };
    const response = await fetch(`${url}/tasqueue/api/queues/mail/pause`, init);
    expect(response.status).toBe(status);
    expect((await app.get(TasqueueAdmin).queues()).includes('mail')).toBe(false);
  });

  it('an action of its own page is taken', async () => {
    const { url } = await DashboardApp.open({ server });
    const headers = { ...ACTION_HEADERS, origin: new URL(url).origin };
    const init = { method: 'POST', headers, body: '{}' };
    expect((await fetch(`${url}/tasqueue/api/queues/mail/pause`, init)).status).toBe(200);
  });

  it('who may only look does nothing, and what they try is told', async () => {
    const events: AuditEvent[] = [];
    const audit = (event: AuditEvent) => void events.push(event);
    const dashboard = { readOnly: true, audit, user: () => 'ada' };
    const { url } = await DashboardApp.open({ server, dashboard });
    const api = await ApiCaller.at(`${url}/tasqueue`);

    expect((await api.get('/visitor', 'visitor')).body).toMatchObject({ actions: [], user: 'ada' });
    expect((await api.post('/queues/{queue}/pause', 'queues/mail/pause')).status).toBe(403);
    expect(
      (await api.post('/jobs/bulk', 'jobs/bulk', { action: 'delete', state: 'failed' })).status,
    ).toBe(403);
    expect(events).toEqual([
      expect.objectContaining({
        action: 'queue.pause',
        outcome: 'refused',
        target: 'mail',
        user: 'ada',
      }),
      expect.objectContaining({
        action: 'job.delete',
        outcome: 'refused',
        filter: { state: 'failed' },
      }),
    ]);
  });

  it('rights are asked for one by one', async () => {
    const dashboard = { can: (_: unknown, action: string) => action === 'queue.pause' };
    const { url } = await DashboardApp.open({ server, dashboard });
    const api = await ApiCaller.at(`${url}/tasqueue`);

    expect((await api.get('/visitor', 'visitor')).body.actions).toEqual(['queue.pause']);
    expect((await api.post('/queues/{queue}/pause', 'queues/mail/pause')).status).toBe(200);
    expect((await api.post('/queues/{queue}/resume', 'queues/mail/resume')).status).toBe(403);
  });

  it('hidden values are in no answer, and nobody finds a job by them', async () => {
    const dashboard = { redact: ['customer.email'] };
    const { app, url } = await DashboardApp.open({ server, dashboard, providers: [Tasks] });
    const headers = { authorization: 'Bearer SECRET' };
    const client = app.get(TasqueueClient);
    await client.enqueue('pay', PAYLOAD, { id: 'one', headers });
    const api = await ApiCaller.at(`${url}/tasqueue`);
    await eventually(async () =>
      expect(await client.getJob('one')).toMatchObject({ status: 'failed' }),
    );

    const shown = await api.get('/jobs/{id}', 'jobs/one');
    expect(shown.text.toLowerCase()).not.toContain('secret');
    expect(shown.body.payload.redacted).toEqual(['card', 'customer.email']);
    expect(shown.body.payload.value).toMatchObject({ sum: 5, card: '[redacted]' });
    for (const q of [
      'payload.card.number:*SECRET*',
      'SECRET',
      'header.authorization:*SECRET*',
      'payload.customer.email:ada*',
      'error:*tok_secret1*',
    ]) {
      const found = await api.get('/jobs', `jobs?state=failed&q=${encodeURIComponent(q)}`);
      expect([q, found.body.items]).toEqual([q, []]);
      const counted = await api.post('/jobs/count', 'jobs/count', { state: 'failed', q });
      expect([q, counted.body.matched]).toEqual([q, 0]);
    }
    expect((await api.get('/jobs', 'jobs?state=failed&q=payload.sum:5')).body.items).toHaveLength(
      1,
    );
    expect((await api.get('/failures', 'failures')).text).not.toContain('tok_secret1');
  });

  it('an edited copy keeps what its maker could not see', async () => {
    const { app, url } = await DashboardApp.open({ server, tasqueue: { unknownTasks: 'allow' } });
    const client = app.get(TasqueueClient);
    await client.enqueue('pay', PAYLOAD, { id: 'one', delay: 3_600_000 });
    const api = await ApiCaller.at(`${url}/tasqueue`);
    const payload = { ...PAYLOAD, card: '[redacted]', sum: 6 };

    expect((await api.post('/jobs', 'jobs', { task: 'pay', payload, id: 'two' })).status).toBe(400);
    const moved = { note: '[redacted]' };
    expect(
      (await api.post('/jobs', 'jobs', { task: 'pay', payload: moved, copyOf: 'one' })).status,
    ).toBe(400);
    const copy = { task: 'pay', payload, id: 'two', copyOf: 'one', delayMs: 3_600_000 };
    await api.post('/jobs', 'jobs', copy);
    expect((await client.getJob('two')).payload).toEqual({ ...PAYLOAD, sum: 6 });
  });
});
