import { describe, expect, it } from 'vitest';
import { EncodingError } from '../../lib/core/errors.js';
import { jsonCodec } from '../../lib/core/json-codec.js';

const roundTrip = (value: unknown) => jsonCodec.decode(jsonCodec.encode(value, 'payload'));
const encode = (value: unknown) => () => jsonCodec.encode(value, 'payload');

class Price {
  constructor(
    readonly cents: number,
    readonly tags = new Map([['a', 1]]),
  ) {}

  toJSON() {
    return { cents: this.cents };
  }
}

class Order {
  readonly lines = [1, 2];
  readonly #secret = 1;

  total() {
    return this.#secret;
  }
}

describe('jsonCodec', () => {
  it.each([
    ['text', 'Grüße 🚀 \u2028'],
    ['numbers', [0, -1.5, 1e21]],
    ['booleans and null', [true, false, null]],
    ['nested objects', { a: { b: [{ c: 1 }] } }],
    ['an empty object', {}],
    ['a lone surrogate', '\uD83D'],
    ['a key named __proto__', JSON.parse('{"__proto__": {"x": 1}}')],
  ])('gives back %s as it was', (_what, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it.each<[string, unknown]>([
    ['a date', { at: new Date(0) }],
    ['an invalid date', [new Date(NaN)]],
    ['undefined members', { a: undefined, b: [undefined] }],
    ['numbers that are none', [NaN, Infinity]],
    ['toJSON', { price: new Price(5) }],
    ['toJSON beside a function', { toJSON: () => 5, f() {} }],
    ['an instance', new Order()],
    ['a Buffer within', { data: Buffer.from('x') }],
    ['boxed values', { a: new Object('x'), b: new Object(1) }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1, d: new Date(0) })],
    ['an array with holes', [1, , 3]], // oxlint-disable-line no-sparse-arrays -- what is tested
    ['an error', { error: new Error('x') }],
    ['deep nesting', JSON.parse('[['.repeat(100) + ']]'.repeat(100))],
    ['a key named __proto__ beside an instance', [JSON.parse('{"__proto__": 1}'), new Order()]],
  ])('writes %s as HTTP would', (_what, value) => {
    expect(Buffer.from(jsonCodec.encode(value)).toString()).toBe(JSON.stringify(value));
  });

  it('takes the same object twice, side by side', () => {
    const shared = new Order();

    expect(roundTrip([shared, { shared }])).toEqual([
      { lines: [1, 2] },
      { shared: { lines: [1, 2] } },
    ]);
  });

  const circular: Record<string, unknown> = { name: 'loop' };
  circular['self'] = { back: circular };
  const ring: unknown[] = [];
  ring.push(ring);

  it.each([
    ['a BigInt', { items: [0, 1, 2, { price: 5n }] }, 'payload.items[3].price: a BigInt'],
    ['a boxed BigInt', { a: new Object(5n) }, 'payload.a: a BigInt'],
    ['a BigInt by itself', 5n, 'payload: a BigInt'],
    ['a function', { order: { total: () => 5 } }, 'payload.order.total: a function'],
    ['a class', [Price], 'payload[0]: a function'],
    ['a symbol', { kind: Symbol('a') }, 'payload.kind: a symbol'],
    ['a Map', { 'the map': new Map() }, 'payload["the map"]: a Map would arrive empty'],
    ['a Set', [new Set()], 'payload[0]: a Set would arrive empty'],
    ['a WeakMap', [new WeakMap()], 'payload[0]: a WeakMap'],
    ['a WeakSet', [new WeakSet()], 'payload[0]: a WeakSet'],
    [
      'a promise',
      { user: Promise.resolve(1) },
      'payload.user: a promise would arrive empty: await it first',
    ],
    ['bytes within', { image: new Uint8Array(3) }, 'payload.image: bytes inside an object'],
    ['an ArrayBuffer within', [new ArrayBuffer(3)], 'payload[0]: bytes inside an object'],
    ['what toJSON gives', { a: { toJSON: () => ({ b: 1n }) } }, 'payload.a.b: a BigInt'],
    ['an object that holds itself', circular, 'payload.self.back: it is circular'],
    ['an array that holds itself', { ring }, 'payload.ring[0]: it is circular'],
    [
      'nothing left by toJSON',
      { toJSON: () => undefined },
      'payload: its toJSON() gives undefined',
    ],
  ])('refuses %s, naming its path', (_what, value, message) => {
    expect(encode(value)).toThrow(EncodingError);
    expect(encode(value)).toThrow(message);
  });

  it('names the place where the code of the value throws, and keeps the cause', () => {
    const broken = new Error('broken');
    const thrower = () => {
      throw broken;
    };
    const getter = {
      date: new Price(1),
      get price(): number {
        return thrower();
      },
    };

    expect(encode({ at: { toJSON: () => new Date(NaN).toISOString() } })).toThrow(
      'payload.at: its toJSON() throws',
    );
    expect(encode([getter])).toThrow(
      expect.objectContaining({ message: 'payload[0].price: reading it throws', cause: broken }),
    );
    expect(encode({ a: new Price(1), b: { toJSON: thrower } })).toThrow(
      expect.objectContaining({ message: 'payload.b: its toJSON() throws', cause: broken }),
    );
  });

  it('refuses what is nested too deeply for JSON', () => {
    const deep: { next?: unknown } = {};
    let tail = deep;
    for (let depth = 0; depth < 100_000; depth++) tail = tail.next = {};

    expect(encode(deep)).toThrow(EncodingError);
    expect(encode(deep)).toThrow('nested too deeply');
  });

  it.each([
    ['no JSON', Buffer.from('{"a":')],
    ['nothing', Buffer.alloc(0)],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('refuses to decode %s', (_what, bytes) => {
    expect(() => jsonCodec.decode(bytes)).toThrow(EncodingError);
  });

  it('decodes bytes of any kind of array, wherever they begin', () => {
    const bytes = new Uint8Array([0, ...Buffer.from('{"a":"é"}'), 0]);

    expect(jsonCodec.decode(bytes.subarray(1, -1))).toEqual({ a: 'é' });
  });
});
