import type { Section } from '../harness/section.js';
import { depth } from './depth.js';
import { enqueue } from './enqueue.js';
import { lateness } from './lateness.js';
import { latency } from './latency.js';
import { restart } from './restart.js';
import { throughput } from './throughput.js';

/** Tasqueue on NATS JetStream, as a share of what its client and server can do with bare messages. */
export const natsSection: Section = {
  name: 'nats',
  parts: [enqueue, throughput, latency, lateness, depth, restart],
};
