import { createHash } from 'node:crypto';

/** What a handler is told to do: the payload of every job. Durations in ms. */
export interface Work {
  /** What it adds to what it is handed. */
  readonly add: number;
  readonly takesMs: number;
  /** So many attempts throw before one succeeds. */
  readonly failures: number;
  /** What it does to its process: once, or at each start. */
  readonly harm?: 'dies once' | 'dies always' | 'blocks once' | undefined;
  readonly filling: string;
  /** Of all the above. */
  readonly hash: string;
}

export type Deed = Omit<Work, 'hash'>;

export function work(deed: Deed): Work {
  return { ...deed, hash: hashOf(deed) };
}

/** Whether it came as it was sent. */
export function isWhole({ hash, ...deed }: Work): boolean {
  return hash === hashOf(deed);
}

/** What a job makes of its payload and of what the one before handed on: a different number for different ones. */
export function outcomeOf(add: number, handedOn: unknown): number {
  const text = JSON.stringify([add, handedOn ?? null]);
  return createHash('sha1').update(text).digest().readUIntBE(0, 6);
}

function hashOf({ add, takesMs, failures, harm, filling }: Deed): string {
  const text = JSON.stringify([add, takesMs, failures, harm ?? null, filling]);
  return createHash('sha1').update(text).digest('base64url');
}
