import { inspect, types } from 'node:util';

/** What is kept of something that was thrown. */
export interface ErrorShape {
  readonly message: string;
  readonly stack?: string | undefined;
}

const LONGEST_MESSAGE = 4_096;
const LONGEST_STACK = 8_192;
/** So that an error's own stack leaves room for its causes. */
const LONGEST_PART = 3_072;
/** Causes of causes, and errors of an AggregateError, that are shown. */
const MOST_RELATED = 5;
const CUT = ' … (cut)';
const UNREADABLE = 'an error that cannot be read';

/** Describes anything that can be thrown. Bounded, and never throws itself, whatever it is given. */
export function describeError(thrown: unknown): ErrorShape {
  const message = bounded(messageOf(thrown), LONGEST_MESSAGE);
  return isError(thrown)
    ? { message, stack: bounded(stackOf(thrown), LONGEST_STACK) }
    : { message };
}

/** The error itself, or an Error that stands for what was thrown instead of one. */
export function asError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(describeError(thrown).message, { cause: thrown });
}

function isError(thrown: unknown): thrown is Error {
  return attempt(() => thrown instanceof Error || types.isNativeError(thrown)) ?? false;
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown !== 'object' || thrown === null)
    return attempt(() => inspect(thrown)) ?? UNREADABLE;
  const message = attempt(() => Reflect.get(thrown, 'message') as unknown);
  if (typeof message === 'string' && message !== '') return message;
  if (isError(thrown)) return ownText(thrown, 'name') ?? UNREADABLE;
  return attempt(() => inspect(thrown, { depth: 1 })) ?? UNREADABLE;
}

/** Its own stack, then those of its causes and of the errors it holds, nearest first. */
function stackOf(error: Error): string {
  const parts = [partOf(error)];
  const seen = new Set<unknown>([error]);
  const waiting = relatedTo(error);
  for (const { label, value } of waiting) {
    if (parts.length > MOST_RELATED) break;
    if (seen.has(value)) continue;
    seen.add(value);
    parts.push(`${label}: ${partOf(value)}`);
    // The loop goes on into what is added here.
    waiting.push(...relatedTo(value));
  }
  return parts.join('\n');
}

function partOf(value: unknown): string {
  const stack = isError(value) ? ownText(value, 'stack') : undefined;
  return bounded(stack ?? messageOf(value), LONGEST_PART);
}

function relatedTo(value: unknown): { readonly label: string; readonly value: unknown }[] {
  if (!isError(value)) return [];
  const cause = attempt(() => value.cause);
  const errors = attempt((): unknown => Reflect.get(value, 'errors'));
  const held: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, MOST_RELATED) : [];
  return [
    ...(cause === undefined ? [] : [{ label: 'Caused by', value: cause }]),
    ...held.map((one) => ({ label: 'Holds', value: one })),
  ];
}

/** A text of the error, where it has one that can be read. */
function ownText(error: Error, key: 'name' | 'stack'): string | undefined {
  const text = attempt(() => error[key]);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function bounded(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A pair of surrogates is not cut in two.
  return text.slice(0, longest - CUT.length).replace(/[\uD800-\uDBFF]$/, '') + CUT;
}

/** Undefined where reading throws: getters and proxies of an error may do anything. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
