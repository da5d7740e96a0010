import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';

const ASKED_EVERY_MS = 100;
/** Still means: within so many bytes. Tables have been moved then, and buffers given back. */
const STILL_BYTES = 16_384;

/** Reads what a Redis says of itself. */
export class RedisMeter {
  readonly #client: Redis;

  constructor(url: string) {
    this.#client = new Redis(url);
  }

  /** Processor time of the thread that serves, so far. */
  async cpuSeconds(): Promise<number> {
    const info = await this.#info('cpu');
    return info('used_cpu_user_main_thread') + info('used_cpu_sys_main_thread');
  }

  /** Memory in use, once that stands still over so many answers. */
  async settledBytes(answers: number): Promise<number> {
    let still = 0;
    let last = 0;
    while (still < answers) {
      const now = (await this.#info('memory'))('used_memory');
      still = Math.abs(now - last) <= STILL_BYTES ? still + 1 : 0;
      last = now;
      await sleep(ASKED_EVERY_MS);
    }
    return last;
  }

  async close(): Promise<void> {
    await this.#client.quit();
  }

  async #info(section: string): Promise<(name: string) => number> {
    const text = await this.#client.info(section);
    const fields = new Map(
      text.split('\r\n').map((line) => {
        const [name = '', value] = line.split(':');
        return [name, Number(value)];
      }),
    );
    return (name) => {
      const value = fields.get(name);
      if (value === undefined) throw new Error(`this Redis does not tell ${name}`);
      return value;
    };
  }
}
