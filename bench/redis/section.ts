import type { Section } from '../harness/section.js';
import { cost } from './cost.js';
import { depth } from './depth.js';
import { enqueue } from './enqueue.js';
import { flows } from './flows.js';
import { footprint } from './footprint.js';
import { latency } from './latency.js';
import { throughput } from './throughput.js';

/** Tasqueue on Redis, beside queues that live there too. */
export const redisSection: Section = {
  name: 'redis',
  parts: [enqueue, throughput, flows, latency, footprint, cost, depth],
};
