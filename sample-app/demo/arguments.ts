import { parseArgs } from 'node:util';
import { BROKER_NAMES, type BrokerName, isBrokerName } from './brokers.js';

export const USAGE = `npm run demo -- [--broker ${BROKER_NAMES.join('|')}] [--help]

Drives the sample shop over HTTP: orders, declined cards, reports. Ends by itself.`;

export interface DemoArguments {
  readonly broker: BrokerName;
  readonly help: boolean;
}

/** Throws with what is wrong and what would be right. */
export function parseArguments(args: string[]): DemoArguments {
  const { values } = parseArgs({
    args,
    options: {
      broker: { type: 'string', default: 'memory' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { broker, help } = values;
  if (isBrokerName(broker)) return { broker, help };
  throw new Error(
    `there is no broker '${broker}' in this release; there is: ${BROKER_NAMES.join(', ')}`,
  );
}
