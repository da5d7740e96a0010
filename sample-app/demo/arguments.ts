import { parseArgs } from 'node:util';
import { STORE_KINDS, type StoreKind, type StoreKindName } from '../stores/stores.js';

const NAMES = Object.keys(STORE_KINDS);

const servers = Object.entries<StoreKind>(STORE_KINDS).flatMap(
  ([name, { variable, defaultUrl }]) =>
    variable === undefined ? [] : [`${name}: at ${defaultUrl}, or where ${variable} says.`],
);

const isName = (name: string): name is StoreKindName => Object.hasOwn(STORE_KINDS, name);

export const USAGE = `npm run demo -- [--broker ${NAMES.join('|')}] [--help]

Drives the sample shop over HTTP: orders, declined cards, reports. Ends by itself.

${servers.join('\n')}`;

export interface DemoArguments {
  readonly broker: StoreKindName;
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
  if (isName(broker)) return { broker, help };
  throw new Error(`there is no broker '${broker}' in this release; there is: ${NAMES.join(', ')}`);
}
