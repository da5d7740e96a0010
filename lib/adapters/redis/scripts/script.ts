import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisClient } from '../connection/own-client.js';

/** An argument of a script. Numbers travel as texts. */
export type ScriptArgument = string | number | Buffer;

const INCLUDE = /^ *--- include ([\w-]+)$/gm;

/**
 * One verb in Lua, of a file beside this one. Called by its digest, so that the server compiles it once; a server that does not know it (restarted,
 * failed over, flushed) is sent the source with the very same bytes of arguments.
 */
export class Script {
  readonly #source: string;
  readonly #digest: string;

  /** `name`: the path below `scripts/`, without `.lua`. */
  constructor(name: string) {
    this.#source = read(name);
    this.#digest = createHash('sha1').update(this.#source).digest('hex');
  }

  /**
   * Calls it with one key, from which it derives all that it touches: they share its hash slot. Bulk
   * replies are Buffers. To be sent behind another command on the same connection, call it in the same turn.
   */
  async call(
    client: RedisClient,
    key: string,
    ...args: readonly ScriptArgument[]
  ): Promise<unknown> {
    try {
      return await client.callBuffer('EVALSHA', this.#digest, 1, key, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return await client.callBuffer('EVAL', this.#source, 1, key, ...args);
    }
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}

function read(name: string): string {
  const source = readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');
  return source.replaceAll(INCLUDE, (_, included: string) => read(`parts/${included}`));
}
