import type { MessageStore } from '../messages/message-store.js';
import { LETTERS } from '../messages/message-label.js';
import { Catalogue, type Listed } from './catalogue.js';
import { decodeNote } from '../retention/forgotten-note.js';
import type { LogReader, StreamEnds } from './log-reader.js';

/** What nobody has asked for during this time is read anew: less than notes of what was forgotten stay. */
const STALE_AFTER_MS = 5 * 60_000;

export interface Current {
  readonly catalogue: Catalogue;
  readonly ends: StreamEnds;
}

/**
 * The catalogue, brought up to date whenever it is asked for: it is read from the stream itself, so
 * that no crash can part them, and nobody pays for it who does not ask.
 */
export class CurrentCatalogue {
  #catalogue = new Catalogue();
  /** Up to this sequence it has been read. */
  #position = 0;
  #askedAt = -Infinity;
  #running: Promise<Current> | undefined;
  #next: Promise<Current> | undefined;

  constructor(
    private readonly reader: LogReader,
    private readonly store: MessageStore,
    private readonly now: () => number,
  ) {}

  /** As the stream is now, or later. Calls that come meanwhile share the next reading. */
  get(): Promise<Current> {
    if (this.#running === undefined) return (this.#running = this.#run());
    return (this.#next ??= this.#afterThis(this.#running));
  }

  async ping(): Promise<void> {
    await this.reader.ends();
  }

  /** Gives the memory back. It is read anew when it is asked for. */
  drop(): void {
    this.#catalogue = new Catalogue();
    this.#position = 0;
  }

  /** So does it if nobody has asked for a while. */
  dropIfStale(): void {
    if (this.#isStale) this.drop();
  }

  get #isStale(): boolean {
    return this.now() - this.#askedAt > STALE_AFTER_MS;
  }

  async #afterThis(running: Promise<Current>): Promise<Current> {
    await running.catch(() => undefined);
    this.#next = undefined;
    return (this.#running = this.#run());
  }

  async #run(): Promise<Current> {
    try {
      return await this.#catchUp();
    } finally {
      this.#running = undefined;
    }
  }

  async #catchUp(): Promise<Current> {
    const ends = await this.reader.ends();
    // A stream that ends before where we were is another.
    if (this.#isStale || ends.last < this.#position) this.drop();
    this.#askedAt = this.now();
    const catalogue = this.#catalogue;
    const from = Math.max(this.#position + 1, ends.first);
    if (from <= ends.last && ends.messages > 0) {
      const notes: Listed[] = [];
      await this.reader.read(from, ends.last, (listed) => {
        catalogue.add(listed);
        if (listed.label.letter === LETTERS.note) notes.push(listed);
      });
      await this.#follow(catalogue, notes);
    }
    this.#position = ends.last;
    return { catalogue, ends };
  }

  /** What retention has deleted nobody writes over: it is noted. */
  async #follow(catalogue: Catalogue, notes: readonly Listed[]): Promise<void> {
    for (const { seq } of notes) {
      const note = await this.store.readSeq(seq);
      if (note) catalogue.drop(decodeNote(note.payload));
    }
  }
}
