import type { Section } from '../harness/section.js';
import { enqueue } from './enqueue.js';
import { latency } from './latency.js';
import { throughput } from './throughput.js';

/** Tasqueue on NATS JetStream, as a share of what its client and server can do with bare messages. */
export const natsSection: Section = {
  name: 'nats',
  parts: [enqueue, throughput, latency],
};
