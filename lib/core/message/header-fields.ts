import { broken } from './frame.js';

export type Fields = Readonly<Record<string, unknown>>;

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

export function optionalNumber(value: unknown, name: string): number | undefined {
  if (value !== undefined && !Number.isFinite(value)) throw broken(`its ${name} is no number`);
  return typeof value === 'number' ? value : undefined;
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
