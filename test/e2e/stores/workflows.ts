import { chain, group, job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { openApp } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function countsOf(values: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

export function workflows(open: () => StoresWorld): void {
  describe('groups', () => {
    it('run side by side and give their results in order', async () => {
      const { client } = await openApp(open(), new Witness());
      const members = numbers(50).map((number) => job('add', number));
      const handle = await client.enqueueGroup(group(members, { onSuccess: [job('sum', 'all')] }));
      expect(await handle.result()).toEqual(numbers(50));
      const { status, jobIds } = await handle.get();
      expect([status, jobIds.length]).toEqual(['successful', 50]);
    });

    it('call what their end asks for, once', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const ends = {
        onSuccess: [job('give', 'success')],
        onError: [job('give', 'error')],
        onComplete: [job('give', 'complete')],
      };
      const well = await client.enqueueGroup(group([job('add', 1), job('add', 2)], ends));
      await well.result();
      await Witness.eventually(() =>
        expect(countsOf(witness.of('give'))).toEqual({ success: 1, complete: 1 }),
      );
      const badly = await client.enqueueGroup(group([job('add', 1), job('fail', 'no')], ends));
      await expect(badly.result()).rejects.toThrow('no');
      await Witness.eventually(() =>
        expect(countsOf(witness.of('give'))).toEqual({ success: 1, complete: 2, error: 1 }),
      );
    });

    it('end at once when they are empty', async () => {
      const { client } = await openApp(open(), new Witness());
      const handle = await client.enqueueGroup(group([], { onSuccess: [job('give', 'none')] }));
      expect(await handle.result()).toEqual([]);
    });
  });

  describe('chains', () => {
    it('hand each result to the next step', async () => {
      const { client } = await openApp(open(), new Witness());
      const handle = await client.enqueueChain(
        chain(numbers(6).map((number) => job('add', number))),
      );
      expect(await handle.result()).toBe(21);
      expect(await handle.get()).toMatchObject({ status: 'successful' });
    });

    it('take groups for steps', async () => {
      const { client } = await openApp(open(), new Witness());
      const fan = group(numbers(5).map((number) => job('give', number)));
      const handle = await client.enqueueChain(chain([job('give', 0), fan, job('sum', 'all')]));
      expect(await handle.result()).toBe(15);
    });

    it('end with the step that fails', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const steps = [job('add', 1), job('fail', 'no'), job('give', 'never')];
      const handle = await client.enqueueChain(chain(steps, { onError: [job('add', 10)] }));
      await expect(handle.result()).rejects.toThrow('no');
      await Witness.eventually(() => expect(witness.of('add')).toEqual([1, 10]));
      expect(witness.of('give')).toEqual([]);
      expect(await handle.get()).toMatchObject({ status: 'failed' });
    });
  });

  it('carries many workflows at once to their ends', async () => {
    const { client } = await openApp(open(), new Witness());
    const handles = await Promise.all(
      numbers(40).map((number) =>
        number % 2 === 0
          ? client.enqueueChain(chain(numbers(5).map(() => job('add', number))))
          : client.enqueueGroup(group(numbers(5).map(() => job('give', number)))),
      ),
    );
    const results: unknown[] = await Promise.all(handles.map((handle) => handle.result()));
    expect(results).toEqual(
      numbers(40).map((number) => (number % 2 === 0 ? number * 5 : numbers(5).map(() => number))),
    );
  });
}
