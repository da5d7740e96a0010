import type { Redis } from 'ioredis';
import { readPage } from '../../support/docs/page-check.js';

/** Makes the user that operators are told to make; with `prefix` '*', one for every prefix. */
export async function addDocumentedUser(admin: Redis, prefix = 'tasqueue'): Promise<void> {
  const rule = /^ACL (SETUSER tasqueue .*)$/m.exec(await readPage('docs/redis.md'))?.[1];
  if (rule === undefined) throw new Error('docs/redis.md names no user');
  const words = rule.split(' ').map((word) => word.replace('{tasqueue}', `{${prefix}}`));
  await admin.call('ACL', ...words);
}

/** The address, as that user. */
export function asDocumentedUser(url: string): string {
  return url.replace('//', '//tasqueue:a-long-password@');
}
