import type { Section } from '../harness/section.js';
import { depthMeasurement, depthTable } from './depth.js';
import { enqueueMeasurements, enqueueTable } from './enqueue.js';
import { heapMeasurements, heapTable } from './heap.js';
import { throughputMeasurements, throughputTables } from './throughput.js';

/** Tasqueue on its memory adapters, beside queues that live in memory and nothing else. */
export const memorySection: Section = {
  name: 'memory',
  measurements: [
    ...throughputMeasurements,
    ...enqueueMeasurements,
    ...heapMeasurements,
    depthMeasurement,
  ],
  report: (findings) => [
    ...throughputTables(findings),
    enqueueTable(findings),
    heapTable(findings),
    depthTable(findings),
  ],
};
