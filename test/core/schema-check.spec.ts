import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PayloadValidationError } from '../../lib/core/errors.js';
import { validate } from '../../lib/core/schema-check.js';
import type { StandardSchemaV1 } from '../../lib/core/spec/standard-schema.js';

const WHAT = "the payload of task 'mail'";
const order = z.object({ items: z.array(z.object({ price: z.number() })), to: z.email() });

function schemaOf(check: StandardSchemaV1['~standard']['validate']): StandardSchemaV1 {
  return { '~standard': { version: 1, vendor: 'test', validate: check } };
}

describe('validate', () => {
  it('gives what comes out of the schema, at once', () => {
    expect(validate(z.string().transform(Number), '5', WHAT)).toBe(5);
    expect(
      validate(
        schemaOf(() => ({ value: undefined })),
        1,
        WHAT,
      ),
    ).toBeUndefined();
  });

  it('gives a promise for a schema that is asynchronous', async () => {
    const schema = z.string().refine(async (text) => text !== 'taken');

    await expect(validate(schema, 'free', WHAT)).resolves.toBe('free');
    await expect(validate(schema, 'taken', WHAT)).rejects.toThrow(PayloadValidationError);
  });

  it('says what does not fit, and where', () => {
    const check = () => validate(order, { items: [{ price: 1 }, { price: '2' }], to: 'x' }, WHAT);

    expect(check).toThrow(PayloadValidationError);
    expect(check).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^the payload of task 'mail' does not fit its schema: items\[1\]\.price: .*; to: /,
        ),
        issues: [
          { path: 'items[1].price', message: expect.any(String) },
          { path: 'to', message: expect.any(String) },
        ],
      }),
    );
  });

  it('reads paths of keys, of segments and of none', () => {
    const schema = schemaOf(() => ({
      issues: [
        { message: 'whole' },
        { message: 'segment', path: [{ key: 'a' }, { key: 0 }, Symbol('s')] },
      ],
    }));

    expect(() => validate(schema, 1, WHAT)).toThrow(
      `${WHAT} does not fit its schema: whole; a[0].Symbol(s): segment`,
    );
  });

  it('takes a schema that throws or rejects for a value that does not fit', async () => {
    const cause = new Error('regex too greedy');
    const throwing = schemaOf(() => {
      throw cause;
    });
    const rejecting = schemaOf(() => Promise.reject(cause));

    expect(() => validate(throwing, 1, WHAT)).toThrow(
      expect.objectContaining({
        message: `${WHAT} could not be checked, its schema threw: regex too greedy`,
        code: 'TASQUEUE_PAYLOAD_VALIDATION',
        cause,
      }),
    );
    await expect(validate(rejecting, 1, WHAT)).rejects.toThrow('could not be checked');
  });
});
