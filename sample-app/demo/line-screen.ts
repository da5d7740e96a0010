import { seconds } from './picture.js';
import type { Output, Screen } from './screen.js';
import { endedOrders, type Snapshot } from './snapshot.js';

const LINE_EVERY_MS = 500;

/** Plain lines for logs and pipes: one when something has changed, and not too many. */
export class LineScreen implements Screen {
  #last = '';
  #lastMs = -Infinity;

  constructor(private readonly output: Output) {}

  show(snapshot: Snapshot): void {
    const line = toLine(snapshot);
    if (line === this.#last || snapshot.elapsedMs - this.#lastMs < LINE_EVERY_MS) return;
    this.output.write(`${seconds(snapshot.elapsedMs).padStart(6)}  ${line}\n`);
    this.#last = line;
    this.#lastMs = snapshot.elapsedMs;
  }

  close(): void {
    // Every line is out already.
  }
}

function toLine(snapshot: Snapshot): string {
  const { expected, orders, parts, queues } = snapshot;
  const retrying = queues.reduce((sum, queue) => sum + queue.retrying, 0);
  return [
    `orders ${endedOrders(snapshot)}/${expected}`,
    `shipped ${orders.shipped}`,
    `refused ${orders.refused}`,
    `retrying ${retrying}`,
    `report parts ${parts.ended}/${parts.all}`,
  ].join('  ');
}
