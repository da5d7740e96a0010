import {
  isName,
  isStorable,
  LARGEST_INT32,
  LONGEST_DURATION_MS,
  SMALLEST_INT32,
} from '../validation/values.js';
import { broken } from './frame.js';

export type Fields = Readonly<Record<string, unknown>>;

/** The last, and minus the first, instant that a Date can be. */
const LATEST_MS = 8_640_000_000_000_000;
const LARGEST_GENERATION = 2 ** 32 - 1;

/** Reads a header as what it claims to be: what comes from a queue is not trusted. */
export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken('a part of its header is no object');
  return { ...value };
}

export function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw broken('a part of its header is no list');
  return value;
}

export function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw broken(`its ${name} is no text`);
  return value;
}

export function optionalText(value: unknown, name: string): string | undefined {
  return value === undefined ? undefined : text(value, name);
}

/** A task's or a queue's. */
export function nameOf(value: unknown, name: string): string {
  if (!isName(value)) throw broken(`its ${name} is no name`);
  return value;
}

export function optionalId(value: unknown, name: string): string | undefined {
  if (value !== undefined && !isStorable(value)) throw broken(`its ${name} is no id`);
  return value;
}

export function optionalNumber(
  value: unknown,
  name: string,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw broken(`its ${name} is no number from ${least} to ${most}`);
  return value;
}

export function optionalInteger(
  value: unknown,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const number = optionalNumber(value, name, least, most);
  if (number !== undefined && !Number.isInteger(number)) throw broken(`its ${name} is no integer`);
  return number;
}

export function optionalCount(value: unknown, name: string): number | undefined {
  return optionalInteger(value, name, 0, Number.MAX_SAFE_INTEGER);
}

export function optionalGeneration(value: unknown, name: string): number | undefined {
  return optionalInteger(value, name, 1, LARGEST_GENERATION);
}

export function optionalPriority(value: unknown, name: string): number | undefined {
  return optionalInteger(value, name, SMALLEST_INT32, LARGEST_INT32);
}

/** ms, 0 included. */
export function optionalDuration(value: unknown, name: string): number | undefined {
  return optionalNumber(value, name, 0, LONGEST_DURATION_MS);
}

/** Epoch ms. */
export function optionalInstant(value: unknown, name: string): number | undefined {
  return optionalNumber(value, name, -LATEST_MS, LATEST_MS);
}

/** Own string values only: keys such as `__proto__` stay data. */
export function textMap(
  value: unknown,
  name: string,
): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  const entries = Object.entries(fields(value)).map(
    ([key, item]) => [key, text(item, name)] as const,
  );
  return Object.fromEntries(entries);
}
