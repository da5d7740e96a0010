import { types } from 'node:util';

/** Why JSON would lose this value, and what to send instead; undefined when it would not. */
export function jsonLoss(value: unknown): string | undefined {
  switch (typeof value) {
    case 'bigint':
      return 'a BigInt has no form in JSON: send it as a string';
    case 'function':
      return 'a function has no form in JSON: leave it out';
    case 'symbol':
      return 'a symbol has no form in JSON: leave it out';
    case 'object':
      return LOSSES.find(({ holds }) => holds(value))?.reason;
    default:
      return undefined;
  }
}

interface Loss {
  readonly holds: (value: unknown) => boolean;
  readonly reason: string;
}

const LOSSES: readonly Loss[] = [
  { holds: types.isMap, reason: 'a Map would arrive empty: send [...map], or an object' },
  { holds: types.isSet, reason: 'a Set would arrive empty: send [...set]' },
  { holds: types.isWeakMap, reason: 'a WeakMap would arrive empty: leave it out' },
  { holds: types.isWeakSet, reason: 'a WeakSet would arrive empty: leave it out' },
  { holds: types.isPromise, reason: 'a promise would arrive empty: await it first' },
  {
    holds: (value) => ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value),
    reason:
      'bytes inside an object would not arrive as bytes: send them by themselves, or as base64',
  },
];
