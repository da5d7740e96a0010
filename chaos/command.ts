import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SCENARIOS, type Scenario } from './seed/scripts.js';
import { BROKERS, type BrokerName } from './lane/protocol.js';

const LARGEST_SEED = 1_000_000;
const RULES = 15;

export const USAGE = `npm run chaos -- --broker redis|nats|memory [options]

  --broker <name>    where the jobs are kept
  --seeds <n>        how many seeds to play; default 10
  --seed <n>         the first of them; default: any
  --faults <a,b,…>   what may go wrong; default: everything
  --without <rule>   with a delivery rule switched off (rule-08, or 'rules' for each in turn), until a seed notices
  --scenario <name>  mixed (default), workflows or schedules
  --log <file>       keeps a line for each seed; those that are in it are not played again
  --lanes <n>        seeds side by side, each with a server of its own; default 3
  --help             this text`;

export interface Command {
  readonly broker: BrokerName;
  readonly seeds: readonly number[];
  readonly faults: readonly string[] | undefined;
  readonly scenario: Scenario;
  readonly lanes: number;
  readonly log: string | undefined;
  /** Of a delivery rule; `rules`: each. */
  readonly without: number | 'rules' | undefined;
}

export function parseCommand(args: readonly string[]): Command | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string' },
      seeds: { type: 'string', default: '10' },
      seed: { type: 'string' },
      faults: { type: 'string' },
      scenario: { type: 'string', default: 'mixed' },
      lanes: { type: 'string', default: '3' },
      log: { type: 'string' },
      without: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const first = values.seed === undefined ? randomInt(1, LARGEST_SEED) : whole(values.seed, 'seed');
  return {
    broker: oneOf('broker', BROKERS, values.broker),
    seeds: Array.from({ length: whole(values.seeds, 'seeds') }, (_, index) => first + index),
    faults: values.faults?.split(','),
    scenario: oneOf('scenario', SCENARIOS, values.scenario),
    lanes: whole(values.lanes, 'lanes'),
    log: values.log,
    without: ruleOf(values.without),
  };
}

function oneOf<Name extends string>(
  option: string,
  names: readonly Name[],
  value: string | undefined,
): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new Error(`--${option} has to be one of ${names.join(', ')}, not '${value}'`);
}

function ruleOf(text: string | undefined): Command['without'] {
  if (text === undefined || text === 'rules') return text;
  const rule = Number(/^rule-(\d+)$/.exec(text)?.[1]);
  if (rule >= 1 && rule <= RULES) return rule;
  throw new Error(`--without has to be rule-01 to rule-${RULES}, or rules, not '${text}'`);
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} has to be a whole number from 1 up, not '${text}'`);
}
