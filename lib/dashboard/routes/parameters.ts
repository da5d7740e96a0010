import { type Check, expecting, oneOf } from '../../core/validation/check.js';

/** A parameter of an address: always text, until it has been read. */
export interface Parameter<Value> {
  readonly about: string;
  readonly check: Check;
  readonly read: (text: string) => Value;
  /** As OpenAPI says it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Of each key of `Query`. */
export type Parameters<Query> = {
  readonly [Key in keyof Required<Query>]: Parameter<NonNullable<Query[Key]>>;
};

/** Longer ones are nobody's question. */
const LONGEST_TEXT = 10_000;

export function text(about: string): Parameter<string> {
  const check = expecting(
    `a text of at most ${LONGEST_TEXT} characters`,
    (value) => typeof value === 'string' && value.length <= LONGEST_TEXT,
  );
  return { about, check, read: (given) => given, schema: { type: 'string' } };
}

export function choice<Word extends string>(
  about: string,
  ...words: readonly Word[]
): Parameter<Word> {
  return {
    about,
    check: oneOf(...words),
    // oxlint-disable-next-line no-unsafe-type-assertion -- checked to be one of them
    read: (given) => given as Word,
    schema: { type: 'string', enum: words },
  };
}

export function integer(about: string, least: number, most: number): Parameter<number> {
  const check = expecting(
    `an integer from ${least} to ${most}`,
    (value) =>
      typeof value === 'string' &&
      /^\d{1,9}$/.test(value) &&
      Number(value) >= least &&
      Number(value) <= most,
  );
  const schema = { type: 'integer', minimum: least, maximum: most };
  return { about, check, read: Number, schema };
}
