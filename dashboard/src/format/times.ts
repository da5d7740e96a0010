const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `850 ms`, `3.2 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h` */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND) return `${Math.round(ms / 100) / 10} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return pair(ms, { ms: MINUTE, name: 'min' }, { ms: SECOND, name: 's' });
  if (ms < DAY) return pair(ms, { ms: HOUR, name: 'h' }, { ms: MINUTE, name: 'min' });
  return pair(ms, { ms: DAY, name: 'd' }, { ms: HOUR, name: 'h' });
}

interface Unit {
  readonly ms: number;
  readonly name: string;
}

function pair(ms: number, big: Unit, small: Unit): string {
  const bigs = Math.floor(ms / big.ms);
  const smalls = Math.floor((ms % big.ms) / small.ms);
  const whole = `${bigs} ${big.name}`;
  return smalls === 0 ? whole : `${whole} ${smalls} ${small.name}`;
}

/** `just now`, `5 s ago`, `in 3 min` */
export function relative(at: number, now: number): string {
  const ms = at - now;
  const size = Math.abs(ms);
  if (size < 2 * SECOND) return 'just now';
  const text = coarse(size);
  return ms < 0 ? `${text} ago` : `in ${text}`;
}

function coarse(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

const fullDate = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'long',
});
const shortDate = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** With seconds and time zone. */
export const absolute = (at: number): string => fullDate.format(at);

/** Fits into a column. */
export const dated = (at: number): string => shortDate.format(at);

/** Weekday and time where a schedule lives. */
export const inZone = (at: number, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
