import { MemoryBroker, MemoryResults, type TasqueueOptions } from 'nestjs-tasqueue';

const BROKERS = {
  memory: () => ({ broker: new MemoryBroker(), results: new MemoryResults() }),
} satisfies Record<string, () => Pick<TasqueueOptions, 'broker' | 'results'>>;

export type BrokerName = keyof typeof BROKERS;

export const BROKER_NAMES = Object.keys(BROKERS);

export function isBrokerName(name: string): name is BrokerName {
  return Object.hasOwn(BROKERS, name);
}

/** A broker and a results store of that kind, not connected yet. */
export function storesOf(name: BrokerName) {
  return BROKERS[name]();
}
