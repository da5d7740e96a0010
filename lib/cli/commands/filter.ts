import type { JobState } from '../../dashboard/contract/index.js';
import type { CommandOption, Given } from '../command.js';
import { usage } from '../failure.js';

const STATES: readonly JobState[] = [
  'queued',
  'scheduled',
  'retrying',
  'processing',
  'successful',
  'failed',
  'cancelled',
];

export const FILTER_OPTIONS = {
  state: { type: 'string', value: '<state>', about: STATES.join(', ') },
  q: { type: 'string', value: '<query>', about: "qualifiers and words: 'task:mail error:timeout'" },
} satisfies Record<string, CommandOption>;

export interface Filter {
  readonly state?: JobState | undefined;
  readonly q?: string | undefined;
}

export function filterOf(given: Given): Filter {
  const said = given.text('state');
  const state = STATES.find((one) => one === said);
  if (said !== undefined && state === undefined)
    throw usage(`--state: expected one of ${STATES.join(', ')}, got '${said}'`);
  return { state, q: given.text('q') };
}

export function integerOf(given: Given, option: string): number | undefined {
  const said = given.text(option);
  if (said === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(said))
    throw usage(`--${option}: expected an integer, 1 or more, got '${said}'`);
  return Number(said);
}
