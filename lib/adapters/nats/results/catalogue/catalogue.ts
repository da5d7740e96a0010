import type { RecordCounts } from '../../../../core/ports/results.js';
import { LETTERS, type Label } from '../messages/message-label.js';
import { HashIndex } from './hash-index.js';
import { finalStatusOf, letterCode } from './letter-codes.js';
import { Names } from './names.js';
import { Rows, type RowValues } from './rows.js';
import { hashSubject, type SubjectHash } from './subject-hash.js';
import { Shelves } from './shelves.js';
import { Tallies } from './tallies.js';

/** Dead rows are swept out once there are this many, and more of them than live ones. */
const FEWEST_DEAD = 50_000;

/** A message of the stream, without its payload. */
export interface Listed {
  readonly subject: string;
  readonly seq: number;
  readonly label: Label;
}

/**
 * What lies in the stream, as far as it has been read: one row per message that holds, in the order in
 * which they were written. A finished job of which more is noted keeps its place.
 */
export class Catalogue {
  #names = new Names();
  #rows = new Rows();
  #index = new HashIndex(this.#rows);
  #shelves = new Shelves(this.#rows);
  #tallies = new Tallies();
  /** Rows whose message is a later one than that with which they took their place, by its sequence. */
  #moved = new Map<number, number>();
  #dead = 0;
  /** The message that names the parts of a write. */
  readonly #partsNamedBy = new Map<string, number>();

  /** `fewestDead`: rows that die before any are swept out. */
  constructor(private readonly fewestDead = FEWEST_DEAD) {}

  get names(): Names {
    return this.#names;
  }

  get shelves(): Shelves {
    return this.#shelves;
  }

  get rows(): Rows {
    return this.#rows;
  }

  add({ subject, seq, label }: Listed): void {
    const hash = hashSubject(subject);
    const values = {
      seq,
      at: label.at,
      letter: letterCode(label.letter),
      queue: this.#names.numberOf(label.queue),
      task: this.#names.numberOf(label.task),
      plan: this.#names.numberOf(label.plan),
    };
    const row = this.#index.find(hash);
    if (row !== undefined && (this.#rows.seq[row] ?? 0) >= seq) return;
    const stays = row !== undefined && this.#keepsItsPlace(row, values);
    if (row !== undefined) this.#end(row);
    if (stays) {
      this.#dead -= 1;
      this.#rows.set(row, values);
      this.#moved.set(seq, row);
    } else this.#append(hash, values);
    if (label.parts !== undefined && label.letter !== LETTERS.part)
      this.#partsNamedBy.set(label.parts, seq);
    this.#tallies.add(values.queue, values.letter, 1);
    if (this.#dead > this.fewestDead && 2 * this.#dead > this.#rows.length) this.#compact();
  }

  /** These messages are no longer there. */
  drop(seqs: Iterable<number>): void {
    for (const seq of seqs) {
      const row = this.#rowOf(seq);
      if (row !== undefined) this.#end(row);
    }
  }

  /** What the message of this sequence is; undefined if it does not hold. */
  letterOf(seq: number): number | undefined {
    const row = this.#rowOf(seq);
    return row === undefined ? undefined : this.#rows.letter[row];
  }

  /** The row of what lies under a subject now. */
  find(subject: string): number | undefined {
    const row = this.#index.find(hashSubject(subject));
    return row !== undefined && this.#rows.letter[row] !== 0 ? row : undefined;
  }

  /** Whether the message that names these parts is still there. */
  areNamed(parts: string): boolean {
    const seq = this.#partsNamedBy.get(parts);
    if (seq === undefined) return false;
    const isNamed = this.#rowOf(seq) !== undefined;
    if (!isNamed) this.#partsNamedBy.delete(parts);
    return isNamed;
  }

  /** `queue` as a token. Of all without it. */
  counts(queue?: string): RecordCounts {
    return queue === undefined ? this.#tallies.all : this.#tallies.ofQueue(this.#names.find(queue));
  }

  /** Of a message that holds. */
  #rowOf(seq: number): number | undefined {
    const row = this.#moved.get(seq) ?? this.#rows.atPlace(seq);
    const holds = row !== undefined && this.#rows.letter[row] !== 0 && this.#rows.seq[row] === seq;
    return holds ? row : undefined;
  }

  #append(hash: SubjectHash, values: RowValues): void {
    const row = this.#rows.append(values.seq, hash, values);
    this.#index.set(hash, row);
    this.#shelves.of(values.letter)?.add(row);
  }

  #end(row: number): void {
    const { letter, queue, seq } = this.#rows.get(row);
    this.#moved.delete(seq);
    if (letter === 0) return;
    this.#tallies.add(queue, letter, -1);
    this.#rows.letter[row] = 0;
    this.#dead += 1;
  }

  #keepsItsPlace(row: number, { letter, at }: { letter: number; at: number }): boolean {
    const isFinal = finalStatusOf(letter) !== undefined;
    return isFinal && this.#rows.letter[row] === letter && this.#rows.at[row] === at;
  }

  /** Names that nobody bears any more go, too. */
  #compact(): void {
    const [rows, names, moved] = [new Rows(), new Names(), new Map<number, number>()];
    const [index, shelves] = [new HashIndex(rows), new Shelves(rows)];
    const renamed = (number: number): number => names.numberOf(this.#names.nameOf(number));
    for (let row = 0; row < this.#rows.length; row += 1) {
      const values = this.#rows.get(row);
      if (values.letter === 0) continue;
      const { queue, task, plan, seq } = values;
      const place = this.#rows.place[row] ?? 0;
      const hash = this.#rows.hashOf(row);
      const named = { queue: renamed(queue), task: renamed(task), plan: renamed(plan) };
      const kept = rows.append(place, hash, { ...values, ...named });
      index.set(hash, kept);
      shelves.of(values.letter)?.add(kept);
      if (place !== seq) moved.set(seq, kept);
    }
    [this.#rows, this.#index, this.#names, this.#moved] = [rows, index, names, moved];
    this.#shelves = shelves;
    this.#dead = 0;
    this.#tallies = Tallies.of(rows);
  }
}
