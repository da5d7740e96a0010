import type { Section } from '../harness/section.js';
import { depth } from './depth.js';
import { enqueue } from './enqueue.js';
import { heap } from './heap.js';
import { throughput } from './throughput.js';

/** Tasqueue on its memory adapters, beside queues that live in memory and nothing else. */
export const memorySection: Section = {
  name: 'memory',
  parts: [throughput, enqueue, heap, depth],
};
