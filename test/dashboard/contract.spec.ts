/* oxlint-disable typescript/no-unsafe-member-access -- bodies have been checked against the document of the API */
import { chain, group, job, Task, TasqueueClient, UnrecoverableError } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { eventually } from '../nest/support/running-app.js';
import { ApiCaller } from './support/api-caller.js';
import { DashboardApp, SERVERS } from './support/dashboard-app.js';

class Tasks {
  @Task('fine', { queue: 'mail' }) fine() {
    return { sent: true };
  }
  @Task('broken', { queue: 'mail' }) broken() {
    throw new UnrecoverableError('no such address 17');
  }
}

describe.each(SERVERS)('every call of the API on %s', (server) => {
  it('answers as its document says', async () => {
    const { app, url } = await DashboardApp.open({ server, providers: [Tasks] });
    const client = app.get(TasqueueClient);
    const api = await ApiCaller.at(`${url}/tasqueue`);
    await client.enqueue('fine', {}, { id: 'a/fine' });
    await client.enqueue('broken', {}, { id: 'broken' });
    await client.enqueue('fine', {}, { id: 'later', delay: 3_600_000 });
    await client.enqueue('fine', {}, { id: 'soon', delay: 3_600_000 });
    await client.enqueue('fine', {}, { id: 'nightly', schedule: '15 3 * * *' });
    await client.enqueueGroup(group([job('fine'), job('broken')], { id: 'group' }));
    await client.enqueueChain(chain([job('fine'), job('fine')], { id: 'chain' }));
    await eventually(async () =>
      expect(await client.getGroup('group')).toMatchObject({ status: 'failed' }),
    );

    const { body: jobs } = await api.get('/jobs', 'jobs?state=failed&limit=10');
    expect(jobs.items).toContainEqual(expect.objectContaining({ id: 'broken', state: 'failed' }));
    await api.get('/jobs', `jobs?q=${encodeURIComponent('task:fine header.x:1')}`);
    const { body: shown } = await api.get('/jobs/{id}', 'jobs/a%2Ffine');
    expect(shown).toMatchObject({ id: 'a/fine', state: 'successful' });
    await api.get('/visitor', 'visitor');
    await api.get('/overview', 'overview?span=5m');
    await api.get('/queues', 'queues');
    await api.get('/workers', 'workers');
    await api.get('/pulse', 'pulse');
    await api.get('/failures', 'failures');
    await api.get('/workflows/{id}', 'workflows/group');
    await api.get('/workflows/{id}', 'workflows/chain');
    const { body: schedule } = await api.get('/schedules/{id}', 'schedules/nightly');
    expect(schedule.words).toBe('At 03:15');
    expect(schedule.nextAt).toHaveLength(5);
    await api.get('/schedules', 'schedules');

    const { body: created } = await api.post('/jobs', 'jobs', { task: 'fine', payload: { n: 1 } });
    expect(created.id).toEqual(expect.any(String));
    await api.post('/jobs/count', 'jobs/count', { state: 'failed' });
    const { body: bulk } = await api.post('/jobs/bulk', 'jobs/bulk', {
      action: 'retry',
      ids: ['broken', 'none'],
    });
    expect(bulk).toMatchObject({ done: 1, skipped: 1 });
    await api.post('/jobs/{id}/retry', 'jobs/none/retry');
    await api.post('/jobs/{id}/run-now', 'jobs/soon/run-now');
    expect((await api.post('/jobs/{id}/cancel', 'jobs/later/cancel')).body).toEqual({ changed: 1 });
    expect((await api.delete('/jobs/{id}', 'jobs/a%2Ffine')).body).toEqual({ changed: 1 });
    expect((await api.get('/jobs/{id}', 'jobs/a%2Ffine')).status).toBe(404);
    await api.post('/workflows/{id}/retry-failed', 'workflows/group/retry-failed');
    await api.post('/workflows/{id}/cancel', 'workflows/group/cancel');
    await api.post('/queues/{queue}/pause', 'queues/mail/pause');
    expect((await api.get('/queues', 'queues')).body.queues[0]).toMatchObject({ paused: true });
    await api.post('/queues/{queue}/clear', 'queues/mail/clear');
    await api.post('/queues/{queue}/resume', 'queues/mail/resume');
    await api.post('/queues/{queue}/concurrency', 'queues/mail/concurrency', { concurrency: 2 });
    await api.post('/schedules/{id}/pause', 'schedules/nightly/pause');
    await api.post('/schedules/{id}/resume', 'schedules/nightly/resume');
    const { body: run } = await api.post('/schedules/{id}/run-now', 'schedules/nightly/run-now');
    expect((await api.get('/schedules/{id}', 'schedules/nightly')).body.lastRuns[0].id).toBe(
      run.id,
    );
    await api.delete('/schedules/{id}', 'schedules/nightly');
    expect(api.check.operations.filter((name) => !api.check.seen.has(name))).toEqual([]);
  });

  it('says what is wrong with what it is sent, all at once', async () => {
    const { url } = await DashboardApp.open({ server });
    const api = await ApiCaller.at(`${url}/tasqueue`);

    const wrong = await api.get('/jobs', 'jobs?limit=x&sate=failed');
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.code).toBe('TASQUEUE_INVALID_OPTIONS');
    expect(wrong.body.error.message).toContain("limit: expected an integer from 1 to 500, got 'x'");
    expect(wrong.body.error.message).toContain("did you mean 'state'?");
    expect((await api.post('/jobs/bulk', 'jobs/bulk', { action: 'delete' })).status).toBe(400);
    expect((await fetch(`${api.api}/nothing`)).status).toBe(404);
    expect((await fetch(`${api.api}/queues`, { method: 'PUT' })).status).toBe(405);
  });
});
