/**
 * Replies of scripts, as the driver hands them over. One that is not as its script's header says is an
 * error of ours, or of a proxy in between.
 */
export function list(reply: unknown): readonly unknown[] {
  if (Array.isArray(reply)) return reply;
  throw unexpected(reply, 'a list');
}

export function buffer(reply: unknown): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  throw unexpected(reply, 'bytes');
}

export function text(reply: unknown): string {
  return buffer(reply).toString();
}

/** Also one that came as a text. */
export function integer(reply: unknown): number {
  if (typeof reply === 'number') return reply;
  return Number(text(reply));
}

function unexpected(reply: unknown, expected: string): Error {
  return new Error(`a script answered with ${typeof reply} instead of ${expected}`);
}
