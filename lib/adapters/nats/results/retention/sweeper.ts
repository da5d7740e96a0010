import type { JetStream } from '../../connection/jetstream.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { letterCode } from '../catalogue/letter-codes.js';
import type { Rows } from '../catalogue/rows.js';
import { inTurns } from '../in-turns.js';
import { LETTERS } from '../messages/message-label.js';
import type { MessageStore } from '../messages/message-store.js';
import type { Subjects } from '../messages/subjects.js';
import { DueMessages } from './due-messages.js';
import { decodeNote, encodeNote } from './forgotten-note.js';
import type { Keeper } from './keeper.js';

/** Messages that one note tells of: some 20 kB. */
const MOST_PER_NOTE = 10_000;
/** Deletions under way at once. */
const MOST_DELETIONS = 250;

const NOTE = letterCode(LETTERS.note);

interface Place {
  readonly jetStream: JetStream;
  readonly stream: string;
  readonly subjects: Subjects;
  readonly now: () => number;
}

/** Forgets what is past its retention. One process does it for all. */
export class Sweeper {
  /** Notes of which everything is deleted that they tell of, by their sequence. */
  readonly #carriedOut = new Set<number>();

  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly keeper: Keeper,
    private readonly store: MessageStore,
    private readonly place: Place,
  ) {}

  /** False while another process does it. */
  async sweep(): Promise<boolean> {
    const { subjects, now } = this.place;
    const policy = await this.keeper.take(now());
    if (policy === undefined) {
      this.catalogue.dropIfStale();
      return false;
    }
    const { catalogue, ends } = await this.catalogue.get();
    await this.#catchUp(catalogue.rows, ends.first);
    const due = new DueMessages(catalogue, subjects, { policy, now: now() }).seqs();
    try {
      for (let from = 0; from < due.length; from += MOST_PER_NOTE) {
        const seqs = due.slice(from, from + MOST_PER_NOTE);
        const note = await this.#note(seqs.filter((seq) => catalogue.letterOf(seq) !== NOTE));
        catalogue.drop(seqs);
        await this.#delete(seqs, Math.min(oldestSeq(catalogue.rows), ends.last + 1));
        for (const seq of seqs) this.#carriedOut.delete(seq);
        if (note !== undefined) this.#carriedOut.add(note);
      }
    } catch (error) {
      // What is left of these would be in no list.
      this.catalogue.drop();
      throw error;
    }
    return true;
  }

  /** What a sweep has noted and not deleted, as it failed or died over it, is in no list any more. */
  async #catchUp(rows: Rows, first: number): Promise<void> {
    const { jetStream, stream } = this.place;
    for (const note of notesIn(rows)) {
      if (this.#carriedOut.has(note)) continue;
      const message = await this.store.readSeq(note);
      const left = message ? decodeNote(message.payload).filter((seq) => seq >= first) : [];
      await inTurns(left, MOST_DELETIONS, (seq) => jetStream.delete(stream, seq));
      this.#carriedOut.add(note);
    }
  }

  /**
   * Of all but notes, or there would be no end of them; gives its sequence. First of all: what is
   * deleted and not noted would stay in lists.
   */
  async #note(seqs: readonly number[]): Promise<number | undefined> {
    if (seqs.length === 0) return undefined;
    const name = this.store.nameWrite();
    const label = { letter: LETTERS.note, at: this.place.now() };
    return this.store.append(this.place.subjects.note(name), encodeNote(seqs), label, name);
  }

  /** By sequence: what was written anew meanwhile has another one, and stays. */
  async #delete(seqs: readonly number[], oldestLeft: number): Promise<void> {
    const { jetStream, stream } = this.place;
    const among = seqs.filter((seq) => seq > oldestLeft);
    // All before it is dead or due, and goes at once, however much it is.
    if (among.length < seqs.length)
      await jetStream.request(`STREAM.PURGE.${stream}`, { seq: oldestLeft });
    await inTurns(among, MOST_DELETIONS, (seq) => jetStream.delete(stream, seq));
  }
}

/** Of the messages that hold. */
function oldestSeq({ length, letter, seq }: Rows): number {
  let oldest = Infinity;
  for (let row = 0; row < length; row += 1)
    if (letter[row] !== 0) oldest = Math.min(oldest, seq[row] ?? Infinity);
  return oldest;
}

function notesIn({ length, letter, seq }: Rows): number[] {
  const notes: number[] = [];
  for (let row = 0; row < length; row += 1) if (letter[row] === NOTE) notes.push(seq[row] ?? 0);
  return notes;
}
