import * as released from '@opentelemetry/semantic-conventions/incubating';
import { expect, it } from 'vitest';
import * as ours from '../../lib/telemetry/semantic-conventions.js';

const OURS_ALONE = 'tasqueue';

it('has the names that the conventions have', () => {
  const shared = Object.entries(ours).filter(([, value]) => !value.startsWith(OURS_ALONE));
  expect(shared.length).toBeGreaterThan(5);
  for (const [key, value] of shared) expect(released).toHaveProperty(key, value);
});
