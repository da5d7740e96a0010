import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../lib/core/admin/failures/fingerprint.js';
import { matcher } from '../../../lib/core/admin/search/matcher.js';
import { parseQuery } from '../../../lib/core/admin/search/parse-query.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import type { JobMessage } from '../../../lib/core/job-message.js';

const job: JobMessage = {
  id: 'order-17',
  task: 'mail.send',
  queue: 'mails',
  payload: { to: 'Ann Smith', n: 5, deep: { tags: ['red', 'blue'], items: [{ id: 7 }] } },
  status: 'failed',
  maxRetries: 0,
  retried: 0,
  attempt: 1,
  crashes: 0,
  prevError: 'Could not connect to "db": timed out',
  priority: 0,
  headers: { tenant: 'acme' },
  enqueuedAt: new Date(0),
  groupId: 'g',
  scheduleId: 'nightly',
  onSuccessIds: [],
  onErrorIds: [],
  logs: [],
  errors: [],
};

const finds = (query: string): boolean => matcher(parseQuery(query))(job);

describe('a query', () => {
  it.each([
    '',
    '  ',
    'task:mail.send',
    'task:mail.* queue:m*s',
    'id:order-17',
    'group:g schedule:nightly',
    'error:CONNECT',
    'error:could*timed',
    'error:"not connect to \\"db\\""',
    'header.tenant:acme',
    'payload.to:"Ann Smith"',
    'payload.n:5',
    'payload.deep.tags:blue',
    'payload.deep.tags.1:blue',
    'payload.deep.items.id:7',
    'ann',
    '"ann smith"',
    'order mail timed',
    `fingerprint:${fingerprintOf(job.task, job.prevError ?? '')}`,
  ])('finds by %s', (query) => {
    expect(finds(query)).toBe(true);
  });

  it.each([
    'task:mail',
    'task:"mail.*"',
    'chain:g',
    'header.tenant:ac',
    'payload.n:55',
    'payload.to.length:9',
    'payload.deep.tags.0:blue',
    'task:mail.send nobody',
    'fingerprint:0',
  ])('does not find by %s', (query) => {
    expect(finds(query)).toBe(false);
  });

  it.each([
    ['taks:x', "did you mean 'task:'"],
    ['10:30', 'in double quotes'],
    ['task:', 'right behind the colon'],
    ['payload:x', 'payload.name:value'],
    ['header.:x', 'header.name:value'],
    ['say "hello', 'character 5 is never closed'],
    ['x '.repeat(21), '20 terms at most'],
    ['x'.repeat(2_001), '2000 characters at most'],
  ])('is refused with advice: %s', (query, advice) => {
    expect(() => parseQuery(query)).toThrow(InvalidOptionsError);
    expect(() => parseQuery(query)).toThrow(advice);
  });

  it('tells all that is wrong with it at once', () => {
    expect(() => parseQuery('task: nope:x')).toThrow(/task:.*nope:/);
  });

  it('takes many stars in its stride', () => {
    const long = { ...job, id: 'a'.repeat(5_000) };
    expect(matcher(parseQuery(`id:${'a*'.repeat(500)}b`))(long)).toBe(false);
  });
});

describe('a fingerprint', () => {
  const same = (a: string, b: string) => fingerprintOf('t', a) === fingerprintOf('t', b);

  it('is the same where numbers, ids and quoted values differ', () => {
    expect(same('order 17 of "ann" failed', 'order 4711 of "bob the builder" failed')).toBe(true);
    expect(same('no job 3f2b-aa01', 'no job 99ce-bb12')).toBe(true);
    expect(same("can't read 'x', won't", "can't read 'y', won't")).toBe(true);
  });

  it('differs with the words, and with the task', () => {
    expect(same('timed out', 'refused')).toBe(false);
    expect(fingerprintOf('a', 'x')).not.toBe(fingerprintOf('b', 'x'));
  });
});
