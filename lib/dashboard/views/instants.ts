import type { Instant } from '../contract/index.js';

export function instant(date: Date): Instant {
  return date.toISOString();
}

export function instantOf(date: Date | undefined): Instant | undefined {
  return date?.toISOString();
}
