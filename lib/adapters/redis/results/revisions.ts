import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 5;
const TOKENS = 2 ** (8 * TOKEN_BYTES);
/** Revisions that one token gives. */
const PER_TOKEN = 256;

/**
 * Revisions are made by the client, so that a record travels and lies as it was laid out: a token and
 * the number of the write under it, 48 bits. Tokens begin anywhere and count on: that two of one id are
 * alike, with a change between them, is less likely than one in 10^12.
 */
export class Revisions {
  #token = randomBytes(TOKEN_BYTES).readUIntBE(0, TOKEN_BYTES);

  /** 1 or more. */
  token(): number {
    this.#token = (this.#token % (TOKENS - 1)) + 1;
    return this.#token;
  }
}

/** `number`: 0 to 255. Never 0. */
export function revisionOf(token: number, number: number): number {
  return token * PER_TOKEN + number;
}

/** As Lua has it. */
export function tokenBytes(token: number): Buffer {
  const bytes = Buffer.allocUnsafe(TOKEN_BYTES);
  bytes.writeUIntBE(token, 0, TOKEN_BYTES);
  return bytes;
}
