import type { JobContext } from '../../../lib/core/job-context.js';
import { HeldHandler } from './held-handler.js';
import { Instance, memoryWorld } from './instance.js';

/**
 * An instance with the tasks that workflows are tested with: `give` returns its payload, `fail`
 * throws it, `hold` waits for the test, `note` notes `[payload, prevJobResult]` and returns nothing.
 */
export class Scripted extends Instance {
  readonly held = new HeldHandler();
  /** What `note` was given, in order. */
  readonly notes: unknown[] = [];
  /** Payloads of all handlers in the order of their starts. */
  readonly starts: unknown[] = [];

  constructor(world = memoryWorld(), options = {}) {
    super(world, options);
    this.task('give', (payload: unknown) => this.#started(payload))
      .task('fail', (payload: unknown) => {
        throw new Error(String(this.#started(payload)));
      })
      .task('hold', (payload: unknown, ctx) => this.held.handle(this.#started(payload), ctx))
      .task('note', (payload: unknown, ctx: JobContext) => {
        this.notes.push([this.#started(payload), ctx.prevJobResult]);
      });
  }

  get clock() {
    return this.world.clock;
  }

  /** Lets everything happen that is due. */
  async quiet(): Promise<void> {
    await this.clock.advance(0);
  }

  #started(payload: unknown): unknown {
    this.starts.push(payload);
    return payload;
  }
}

export async function scripted(options = {}): Promise<Scripted> {
  const instance = new Scripted(memoryWorld(), options);
  await instance.start();
  return instance;
}
