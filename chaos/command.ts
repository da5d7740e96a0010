import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BROKERS, type BrokerName } from './lane/protocol.js';

const LARGEST_SEED = 1_000_000;

export const USAGE = `npm run chaos -- --broker redis|nats|memory [options]

  --broker <name>    where the jobs are kept
  --seeds <n>        how many seeds to play; default 10
  --seed <n>         the first of them; default: any
  --faults <a,b,…>   what may go wrong; default: everything
  --lanes <n>        seeds side by side, each with a server of its own; default 3
  --help             this text`;

export interface Command {
  readonly broker: BrokerName;
  readonly seeds: readonly number[];
  readonly faults: readonly string[] | undefined;
  readonly lanes: number;
}

export function parseCommand(args: readonly string[]): Command | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string' },
      seeds: { type: 'string', default: '10' },
      seed: { type: 'string' },
      faults: { type: 'string' },
      lanes: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const broker = BROKERS.find((name) => name === values.broker);
  if (broker === undefined)
    throw new Error(`--broker has to be one of ${BROKERS.join(', ')}, not '${values.broker}'`);
  const first = values.seed === undefined ? randomInt(1, LARGEST_SEED) : whole(values.seed, 'seed');
  return {
    broker,
    seeds: Array.from({ length: whole(values.seeds, 'seeds') }, (_, index) => first + index),
    faults: values.faults?.split(','),
    lanes: whole(values.lanes, 'lanes'),
  };
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} has to be a whole number from 1 up, not '${text}'`);
}
