import type { EventSource } from '../events.js';
import type { MetricLabels } from './catalogue.js';
import type { StoreTroubles } from '../store-troubles.js';
import { measureEvent, type Measure } from './event-measurements.js';
import { GaugeReader, type GaugeReaderParts, type Reading } from './gauge-reader.js';

export interface MeasuredInstance extends Pick<GaugeReaderParts, 'admin' | 'runner'> {
  readonly events: EventSource;
  readonly troubles: Pick<StoreTroubles, 'subscribe'>;
  readonly settings: { readonly name: string | undefined };
}

/** What one instance measures, for whichever library shows it. */
export class InstanceMetrics {
  readonly #labels: MetricLabels;
  readonly #reader: GaugeReader;

  /** `queues`: whose depth is read; undefined: all, 100 at most. */
  constructor(
    private readonly instance: MeasuredInstance,
    parts: Pick<GaugeReaderParts, 'environment' | 'queues'>,
  ) {
    const { name } = instance.settings;
    this.#labels = name === undefined ? {} : { instance: name };
    const { admin, runner } = instance;
    this.#reader = new GaugeReader({ ...parts, admin, runner, instance: this.#labels });
  }

  /** Tells what happens in this process, until the returned function is called. */
  subscribe(measure: Measure): () => void {
    const { events, troubles } = this.instance;
    const stops = [
      events.subscribe((event) => measureEvent(event, this.#labels, measure)),
      troubles.subscribe((store) => measure.count('troubles', { ...this.#labels, store })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** How things stand now. Never rejects. */
  read(): Promise<readonly Reading[]> {
    return this.#reader.read();
  }
}
