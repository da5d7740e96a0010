import assert from 'node:assert/strict';
import { Alarm, assertRecord, put, read } from './asserting.js';
import { aJob, aMark, aPlan, finished } from './records.js';
import { withAnother, type ResultsCases } from './results-world.js';

export const watching: ResultsCases = {
  async 'wakes with each change of a job: created, changed, deleted'({ results }) {
    const alarm = new Alarm();
    const stop = results.watch('a', alarm.wake);

    const revision = await put(results, aJob('a'));
    await alarm.rung(1);
    const created = alarm.calls;
    await put(results, finished('a', 1), revision);
    await alarm.rung(created + 1);
    const changed = alarm.calls;
    await results.delete([{ id: 'a', generation: 1 }]);
    await alarm.rung(changed + 1);
    stop();
  },

  async 'wakes with each change of a plan: stored, marked, dispatched, deleted'({ results }) {
    const changes = [
      () => results.plan([aPlan('p', ['a'])]),
      () => results.mark([aMark('a')]),
      () => results.dispatched([{ planId: 'p', ends: ['success'] }]),
      () => results.delete([{ id: 'p', generation: 1 }]),
    ];
    const alarm = new Alarm();
    const stop = results.watch('p', alarm.wake);

    for (const change of changes) {
      const before = alarm.calls;
      await change();
      await alarm.rung(before + 1);
    }
    stop();
  },

  async 'wakes when the new state can be read'({ results }) {
    const alarm = new Alarm();
    const stop = results.watch('a', () => {
      void read(results, 'a').then((found) => found && alarm.wake());
    });

    await put(results, aJob('a'));

    await alarm.rung();
    stop();
  },

  async 'wakes nobody who has stopped watching'({ results }) {
    const [stopped, other] = [new Alarm(), new Alarm()];
    const stop = results.watch('a', stopped.wake);
    const stopOther = results.watch('a', other.wake);
    stop();
    stop();

    const before = stopped.calls;
    await put(results, aJob('a'));

    await other.rung();
    assert.equal(stopped.calls, before);
    stopOther();
  },

  async 'wakes nobody because of something else'({ results }) {
    const [watched, other] = [new Alarm(), new Alarm()];
    const stops = [results.watch('a', watched.wake), results.watch('b', other.wake)];

    for (const run of [1, 2, 3, 4, 5])
      await put(results, aJob('a', { run }), (await read(results, 'a'))?.revision);
    await watched.rung();

    // Once is fair: a store may wake whom it could not yet hear for.
    assert.ok(other.calls <= 1, `woken ${other.calls} times`);
    for (const stop of stops) stop();
  },

  async 'wakes all who watch one id, also one function that watches twice'({ results }) {
    const alarm = new Alarm();
    const stops = [results.watch('a', alarm.wake), results.watch('a', alarm.wake)];

    await put(results, aJob('a'));
    await alarm.rung(2);
    stops[0]?.();
    const before = alarm.calls;
    await results.delete([{ id: 'a', generation: 1 }]);

    await alarm.rung(before + 1);
    stops[1]?.();
  },

  async 'lets no watcher that throws harm the writer or other watchers'({ results }) {
    const alarm = new Alarm();
    const stops = [
      results.watch('a', () => {
        throw new Error('not your concern');
      }),
      results.watch('a', alarm.wake),
      results.watch('b', alarm.wake),
    ];

    await results.put(['a', 'b'].map((id) => ({ record: aJob(id), expect: 0 })));

    await alarm.rung(2);
    assertRecord((await read(results, 'a'))?.record, aJob('a'));
    for (const stop of stops) stop();
  },

  async 'lets a watcher write, watch and stop while it is woken'({ results }) {
    const later = new Alarm();
    const stop = results.watch('a', () => {
      stop();
      results.watch('b', later.wake);
      void results.put([{ record: aJob('b'), expect: 0 }]);
    });

    await put(results, aJob('a'));

    await later.rung();
    assertRecord((await read(results, 'b'))?.record, aJob('b'));
  },

  async 'wakes nobody whom another has stopped while it was woken'({ results }) {
    const [both, last] = [new Alarm(), new Alarm()];
    const stops: (() => void)[] = [];
    const stopBoth = (): void => {
      both.wake();
      for (const stop of stops) stop();
    };
    stops.push(results.watch('a', stopBoth), results.watch('a', stopBoth));
    const stopLast = results.watch('a', last.wake);

    await put(results, aJob('a'));

    await last.rung();
    assert.equal(both.calls, 1);
    stopLast();
  },

  async 'wakes those who watch through another client'(world) {
    await withAnother(world, async (other) => {
      const alarm = new Alarm();
      const stop = other.watch('a', alarm.wake);

      await put(world.results, aJob('a'));

      await alarm.rung();
      assertRecord((await read(other, 'a'))?.record, aJob('a'));
      stop();
    });
  },
};
