import * as fc from 'fast-check';
import { refused, replyLost, silent, unanswered } from '../../support/faults/fates.js';
import type { Fate, Line } from '../../support/faults/line.js';
import type { Machine } from '../../support/faults/machine.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { Deed } from './deed.js';
import type { Scene } from './scene.js';

const BLOWS = { refused, 'reply lost': replyLost, unanswered, silent } as const;
type Blow =
  keyof typeof BLOWS | 'late' | 'answered late' | 'twice' | 'death before' | 'death after';

const anyBlow = fc.constantFrom<Blow>(
  'refused',
  'reply lost',
  'reply lost',
  'unanswered',
  'silent',
  'late',
  'answered late',
  'twice',
  'death before',
  'death before',
  'death after',
  'death after',
);
const anyWaitMs = fc.constantFrom(5, 50, 400, 2_000);

const BROKER_CALLS = [
  'work',
  'work',
  'enqueue',
  'enqueue',
  'remove',
  'find',
  'beat',
  'reclaim',
  'leave',
  'broadcast',
  'ping',
] as const;
const RESULTS_CALLS = [
  'put',
  'put',
  'put',
  'get',
  'mark',
  'mark',
  'plan',
  'dispatched',
  'release',
  'delete',
] as const;

const who = fc.nat(3);

/** Worker `index`, or the client; undefined while it is dead. */
function machineOf(scene: Scene, index: number): Machine | undefined {
  if (index >= scene.workers.length) return scene.client;
  const worker = scene.workers[index];
  worker?.disturb();
  return worker?.machine;
}

function isPlain(blow: Blow): blow is keyof typeof BLOWS {
  return blow in BLOWS;
}

function fateOf(scene: Scene, blow: Blow, waitMs: number): Fate {
  const pause = () => new Promise<void>((resolve) => void scene.clock.timer(waitMs, resolve));
  const fate: Fate = async (call) => {
    if (blow === 'late') await pause();
    const answer = await call();
    if (blow === 'answered late') await pause();
    // A packet that took two ways.
    if (blow === 'twice') scene.clock.timer(waitMs * 20, () => scene.ask(call));
    return answer;
  };
  const chosen = isPlain(blow) ? BLOWS[blow] : fate;
  return (call) => (scene.calm ? call() : chosen(call));
}

/** What came with an answer would be lost with its copy; a settlement alone may come twice. */
function isAlone(blow: Blow, [first]: readonly unknown[]): boolean {
  if (blow !== 'twice') return true;
  if (Array.isArray(first)) return first.every((item) => !isFresh(item));
  return false;
}

function isFresh(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'fresh' in item && item.fresh === true;
}

/** A call that brings a settlement. */
function settles(request: unknown): boolean {
  if (typeof request !== 'object' || request === null || !('settle' in request)) return false;
  return Array.isArray(request.settle) && request.settle.length > 0;
}

type NextCall = (
  method: string,
  fate: Fate,
  matches: (...args: readonly unknown[]) => boolean,
) => void;

/** The machine dies at its call, and takes the answer with it. */
function deathOf(scene: Scene, machine: Machine, isAfter: boolean): Fate {
  return async (call) => {
    const worker = scene.workers.find((one) => one.machine === machine);
    if (scene.calm || worker === undefined) return call();
    if (isAfter) await call();
    if (worker.machine === machine) worker.crash();
    return new Promise(() => {});
  };
}

function plan(line: Line<Broker> | Line<Results>, method: string, fate: Fate, blow: Blow): void {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the names above are those of the stores' calls
  const next = line.next.bind(line) as NextCall;
  next(method, fate, (...args) => (method === 'work' ? settles(args[0]) : isAlone(blow, args)));
}

const blowTo = (store: 'broker' | 'results', methods: readonly string[]) =>
  fc
    .tuple(who, fc.constantFrom(...methods), anyBlow, anyWaitMs)
    .map(([index, method, drawn, waitMs]) => {
      const blow = method === 'work' && drawn === 'twice' ? 'silent' : drawn;
      return new Deed(`${blow}: ${method} of ${index} (${waitMs} ms)`, (scene) => {
        const machine = machineOf(scene, index);
        if (!machine) return;
        const fate = blow.startsWith('death')
          ? deathOf(scene, machine, blow === 'death after')
          : fateOf(scene, blow, waitMs);
        plan(machine[store], method, fate, blow);
      });
    });

const toMachine = (
  name: string,
  act: (machine: Machine) => void,
  end?: (machine: Machine) => void,
) =>
  fc.tuple(who, fc.constantFrom(4_000, 12_000, 31_000, 80_000)).map(
    ([index, ms]) =>
      new Deed(`${name} ${index} for ${ms} ms`, (scene) => {
        const machine = machineOf(scene, index);
        if (!machine) return;
        act(machine);
        const over = (): void => {
          machineOf(scene, index);
          if (scene.isAlive(machine)) end?.(machine);
        };
        scene.whenOver(ms, over);
      }),
  );

const killed = fc
  .nat(2)
  .map((index) => new Deed(`kill ${index}`, (scene) => scene.workers[index]?.crash()));
const restarted = fc
  .nat(2)
  .map((index) => new Deed(`restart ${index}`, (scene) => scene.workers[index]?.restart()));

const garbled = fc.constant(
  new Deed('garble a message', (scene) => {
    scene.garbling += 1;
  }),
);

/** All workers lose their broker at once, and have it back one after the other. */
const outage = fc.constantFrom(20_000, 40_000, 70_000).map(
  (ms) =>
    new Deed(`outage of ${ms} ms`, (scene) => {
      scene.workers.forEach(({ machine }, index) => {
        if (!machine) return;
        machineOf(scene, index);
        machine.cutOff();
        scene.whenOver(ms + index * 12_000, () => {
          machineOf(scene, index);
          if (scene.isAlive(machine)) machine.reconnect();
        });
      });
    }),
);

export const anyMishap: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: blowTo('broker', BROKER_CALLS) },
  { weight: 8, arbitrary: blowTo('results', RESULTS_CALLS) },
  { weight: 3, arbitrary: killed },
  { weight: 2, arbitrary: restarted },
  {
    weight: 3,
    arbitrary: toMachine(
      'freeze',
      (one) => one.freeze(),
      (one) => one.thaw(),
    ),
  },
  {
    weight: 2,
    arbitrary: toMachine(
      'cut off',
      (one) => one.cutOff(),
      (one) => one.reconnect(),
    ),
  },
  {
    weight: 1,
    arbitrary: toMachine(
      'cut off the results of',
      (one) => one.results.cut(),
      (one) => one.results.join(),
    ),
  },
  {
    weight: 1,
    arbitrary: toMachine(
      'cut off the broker of',
      (one) => one.broker.cut(),
      (one) => one.broker.join(),
    ),
  },
  { weight: 1, arbitrary: garbled },
  { weight: 1, arbitrary: outage },
);
