import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidStateError } from '../../lib/core/errors.js';
import { isFinal } from '../../lib/core/job-status.js';
import {
  TRANSITIONS,
  advance,
  type LifecycleEvent,
  type LifecycleState,
  type Transition,
} from '../../lib/core/lifecycle.js';

const STATUSES = [
  'scheduled',
  'queued',
  'processing',
  'retrying',
  'successful',
  'failed',
  'cancelled',
] as const;
const STATES: readonly LifecycleState[] = ['none', ...STATUSES];
const EVENTS = Object.keys(TRANSITIONS).filter(
  (name): name is LifecycleEvent => name in TRANSITIONS,
);

const transitionOf = (event: LifecycleEvent): Transition => TRANSITIONS[event];

const canHappen = (state: LifecycleState, event: LifecycleEvent): boolean =>
  transitionOf(event).from.includes(state);

const eventsIn = (state: LifecycleState): LifecycleEvent[] =>
  EVENTS.filter((event) => canHappen(state, event));

const pairs = STATES.flatMap((state) => EVENTS.map((event) => ({ state, event })));

describe('the lifecycle of a job', () => {
  it.each(pairs.filter(({ state, event }) => canHappen(state, event)))(
    'goes on from $state by $event',
    ({ state, event }) => {
      expect(advance(state, event)).toBe(transitionOf(event).to);
    },
  );

  it.each(pairs.filter(({ state, event }) => !canHappen(state, event)))(
    'knows no $event of a job that is $state',
    ({ state, event }) => {
      expect(() => advance(state, event)).toThrow(InvalidStateError);
    },
  );

  it('says what cannot happen, and what the job must be for that', () => {
    expect(() => advance('successful', 'retry')).toThrow(
      "'retry' cannot happen to a job that is successful: it must be failed or cancelled",
    );
  });

  it('comes from nothing to each state', () => {
    const reached = new Set<LifecycleState>(['none']);
    for (const state of reached)
      for (const event of eventsIn(state)) reached.add(advance(state, event));

    expect(reached).toEqual(new Set(STATES));
  });

  it.each(STATUSES)('lets a job that is %s be deleted', (status) => {
    expect(advance(status, 'delete')).toBe('none');
  });

  it.each(STATUSES.filter((status) => !isFinal(status)))(
    'lets a job that is %s be cancelled',
    (status) => {
      expect(advance(status, 'cancel')).toBe('cancelled');
    },
  );

  it.each([
    ['successful', ['delete', 'forget']],
    ['failed', ['retry', 'delete', 'forget']],
    ['cancelled', ['retry', 'delete', 'forget']],
  ] as const)('lets a job that is %s be, but for %j', (status, events) => {
    expect(eventsIn(status)).toEqual(events);
  });

  it('makes a job successful by a run of its handler alone', () => {
    const ways = pairs.filter(
      ({ state, event }) => canHappen(state, event) && advance(state, event) === 'successful',
    );

    expect(ways).toEqual([{ state: 'processing', event: 'succeed' }]);
  });

  it('never runs a job again that has its outcome, unless it is retried or enqueued anew', () => {
    assert(
      property(array(constantFrom(...EVENTS), { maxLength: 300 }), (events) => {
        let state: LifecycleState = 'none';
        let hasOutcome = false;
        for (const event of events.filter((one) => one !== 'delete' && one !== 'forget')) {
          if (!canHappen(state, event)) continue;
          state = advance(state, event);
          if (event === 'retry') hasOutcome = false;
          expect(hasOutcome && state === 'processing').toBe(false);
          hasOutcome ||= state !== 'none' && isFinal(state);
        }
      }),
    );
  });

  it.each(EVENTS)('says in a sentence what %s means', (event) => {
    expect(transitionOf(event).meaning).toMatch(/^[A-Z].{15,}\.$/);
  });
});
