import type { Mutation } from '../../test/support/mutation/mutation.js';
import { MUTATIONS } from '../../test/rules/mutations.js';
import type { BrokerName } from '../lane/protocol.js';

/** One way to switch a delivery rule off, in what runs on a broker. */
export interface Way extends Mutation {
  readonly rule: number;
  /** What the engine then does. */
  readonly name: string;
}

/** What the memory adapter has of its own, the same again where Redis does it. */
const ON_REDIS: readonly Way[] = [
  {
    rule: 1,
    name: 'takes an outcome whatever has happened since its run began',
    file: 'lib/adapters/redis/scripts/results/put.lua',
    find: 'return revision == revision_of(old) end',
    replace: 'return true end',
  },
  {
    rule: 1,
    name: 'has a receipt name the message, not the claim',
    file: 'lib/adapters/redis/scripts/parts/broker-settle.lua',
    find: 'return text and string.find(text, number, 2, true) == 2',
    replace: 'return text',
  },
  {
    rule: 13,
    name: 'counts a crash for whatever a dead session held',
    file: 'lib/adapters/redis/scripts/broker/beat.lua',
    find: 'if claim.started then crash(claim)',
    replace: 'if claim.id then crash(claim)',
  },
  {
    rule: 14,
    name: 'sweeps before it has been there for a lease',
    file: 'lib/adapters/redis/scripts/broker/beat.lua',
    find: '>= lease then',
    replace: '>= 0 then',
  },
];

/** The ways to switch rules off on this broker; `rule`: one of them, or undefined for all. */
export function waysOf(broker: BrokerName, rule: number | undefined): readonly Way[] {
  const applies = ({ file }: Way): boolean =>
    file.startsWith('lib/core/') || file.startsWith(`lib/adapters/${broker}/`);
  return [...MUTATIONS, ...ON_REDIS]
    .filter((way) => applies(way) && (rule === undefined || way.rule === rule))
    .sort((a, b) => a.rule - b.rule);
}
