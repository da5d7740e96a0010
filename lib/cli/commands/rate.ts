import { usage } from '../failure.js';

/** How fast a bulk action may go. */
export interface Rate {
  readonly perSecond: number;
}

export const UNLIMITED: Rate = { perSecond: Infinity };

/** Reads `10/s`; nothing said: as fast as the server goes. */
export function rateOf(said: string | undefined): Rate {
  if (said === undefined) return UNLIMITED;
  const number = /^(\d{1,6}(?:\.\d{1,3})?)\/s$/.exec(said)?.[1];
  if (number === undefined || Number(number) <= 0)
    throw usage(`--rate: expected so many a second, such as 10/s, got '${said}'`);
  return { perSecond: Number(number) };
}
