import { parseArgs } from 'node:util';
import { BROKERS, type BrokerName } from './protocol.js';

export const USAGE = `npm run soak -- --broker redis|nats|memory [options]

  --broker <name>   where the jobs are kept
  --minutes <n>     how long; default 60, parts of a minute are fine
  --rate <n>        jobs enqueued in a second; default 150
  --out <folder>    where the report, the plot and the samples go; default .test-results/soak
  --help            this text`;

export interface Command {
  readonly broker: BrokerName;
  readonly minutes: number;
  readonly rate: number;
  readonly out: string;
}

/** Throws an Error that says what is wrong with the arguments. */
export function parseCommand(args: readonly string[]): Command | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      rate: { type: 'string', default: '150' },
      out: { type: 'string', default: '.test-results/soak' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const broker = BROKERS.find((name) => name === values.broker);
  if (broker === undefined)
    throw new Error(`--broker has to be one of ${BROKERS.join(', ')}, not '${values.broker}'`);
  const { minutes, rate, out } = values;
  return { broker, minutes: above0(minutes, 'minutes'), rate: above0(rate, 'rate'), out };
}

function above0(text: string, name: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name} has to be a number above 0, not '${text}'`);
}
