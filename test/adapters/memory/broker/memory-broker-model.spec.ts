import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SESSIONS, steps, type Step } from './steps.js';
import { Twins } from './twins.js';

const opened = SESSIONS.map((session): Step => ({ kind: 'open', session }));

it('MemoryBroker does what the plainest model of its port does, whatever happens', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 120 }), async (run) => {
      const twins = new Twins();
      for (const step of [...opened, ...run]) {
        const [actual, expected] = await twins.run(step);
        expect(actual).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});
