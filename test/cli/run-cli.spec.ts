import { Task, TasqueueClient, UnrecoverableError } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../lib/cli/run-cli.js';
import { DashboardApp } from '../dashboard/support/dashboard-app.js';
import { eventually } from '../nest/support/running-app.js';

class Tasks {
  @Task('broken', { queue: 'mail' }) broken() {
    throw new UnrecoverableError('no such \u001B[31maddress');
  }
}

/** One run of the program, and what it wrote. */
async function run(args: readonly string[], width?: number, environment = {}) {
  let out = '';
  let err = '';
  const waits: number[] = [];
  const terminal = {
    write: (text: string) => void (out += text),
    complain: (text: string) => void (err += text),
    width,
    colours: false,
    sleep: async (ms: number) => void waits.push(ms),
    now: () => Date.now(),
  };
  const code = await runCli(args, { terminal, environment, version: '1.2.3' });
  return { code, out, err, waits };
}

async function failed(count: number): Promise<string> {
  const { app, url } = await DashboardApp.open({ providers: [Tasks] });
  const client = app.get(TasqueueClient);
  for (let number = 0; number < count; number++)
    await client.enqueue('broken', {}, { id: `j${number}` });
  const last = `j${count - 1}`;
  await eventually(async () =>
    expect(await client.getJob(last)).toMatchObject({ status: 'failed' }),
  );
  return `${url}/tasqueue`;
}

describe('the command line', () => {
  it('shows jobs as a table that fits, without what would steer the terminal, or as JSON', async () => {
    const url = await failed(1);
    const table = await run([url, 'jobs', '--state', 'failed'], 50);
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/^ID +TASK +QUEUE +STATE/);
    expect(table.out).not.toContain('\u001B');
    const { out } = await run([url, 'job', 'j0', '--json']);
    expect(JSON.parse(out)).toMatchObject({ id: 'j0', state: 'failed' });
  });

  it('tells the number before it acts on all that match, and paces itself', async () => {
    const url = await failed(3);
    const asked = await run([url, 'delete', '--state', 'failed']);
    expect(asked).toMatchObject({ code: 2, err: '3 jobs match: add --yes to delete them\n' });
    const done = await run([url, 'delete', '--state', 'failed', '--rate', '2/s', '--yes']);
    expect(done).toMatchObject({ code: 0, out: 'deleted 3 jobs\n' });
    expect(done.waits.length).toBeGreaterThan(0);
  });

  it.each([
    ['job', 'x', 1, 'no job'],
    ['jbos', '', 2, "did you mean 'jobs'?"],
    ['jobs', '--stat', 2, "Unknown option '--stat'"],
  ])('says what is wrong with %s %s', async (name, word, code, message) => {
    const { url } = await DashboardApp.open();
    const said = await run([`${url}/tasqueue`, name, ...(word === '' ? [] : [word])]);
    expect(said.code).toBe(code);
    expect(said.err).toContain(message);
  });

  it('tells an address that is none of a dashboard, and one that nobody answers', async () => {
    const { url } = await DashboardApp.open();
    expect(await run([url, 'queues'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('is no dashboard'),
    });
    expect(await run(['http://127.0.0.1:1/x', 'queues'])).toMatchObject({ code: 3 });
    expect(await run(['tasqueue', 'queues'])).toMatchObject({ code: 2 });
  });

  it('sends headers of the command and of the environment', async () => {
    const guard = { canActivate: () => true };
    const seen: unknown[] = [];
    const user = (request: { headers: Record<string, string> }) => {
      seen.push([request.headers['x-one'], request.headers['authorization']]);
      return undefined;
    };
    const { url } = await DashboardApp.open({ dashboard: { guards: [guard], user } });
    const args = [`${url}/tasqueue`, 'queues', '--header', 'authorization: Bearer x'];
    await run(args, undefined, { TASQUEUE_HEADER: 'x-one: 1' });
    expect(seen).toEqual([['1', 'Bearer x']]);
  });

  it('helps with all of it, and with each', async () => {
    expect((await run(['--help'])).out).toContain('run-schedule <id>');
    expect((await run(['retry', '--help'])).out).toContain('--rate <n>/s');
    expect((await run(['--version'])).out).toBe('1.2.3\n');
  });
});
