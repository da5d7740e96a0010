import { assert, property, array, integer, record, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../lib/adapters/nats/results/catalogue/catalogue.js';
import { letterCode } from '../../../../lib/adapters/nats/results/catalogue/letter-codes.js';
import { hashSubject } from '../../../../lib/adapters/nats/results/catalogue/subject-hash.js';
import { LETTERS } from '../../../../lib/adapters/nats/results/messages/message-label.js';

const STATUSES = ['processing', 'successful', 'failed'] as const;
type Status = (typeof STATUSES)[number];

interface Entry {
  readonly subject: string;
  readonly seq: number;
  readonly place: number;
  readonly status: Status;
  readonly at: number;
  readonly queue: string;
}

/** What a catalogue says, worked out anew from all entries for each question. */
class NaiveCatalogue {
  entries: Entry[] = [];

  add(entry: Omit<Entry, 'place'>): void {
    const { subject, status, at, seq } = entry;
    const before = this.entries.find((other) => other.subject === subject);
    const stays = before?.status === status && before.at === at && status !== 'processing';
    this.entries = this.entries.filter((other) => other !== before);
    this.entries.push({ ...entry, place: stays ? before.place : seq });
  }

  drop(seq: number): void {
    this.entries = this.entries.filter((entry) => entry.seq !== seq);
  }

  ofStatus(status: Status): number[] {
    return this.entries
      .filter((entry) => entry.status === status)
      .sort((a, b) => a.at - b.at || a.place - b.place)
      .map(({ seq }) => seq);
  }

  count(status: Status, queue?: string): number {
    return this.entries.filter(
      (entry) => entry.status === status && (queue === undefined || entry.queue === queue),
    ).length;
  }
}

function listedOf(catalogue: Catalogue, status: Status): number[] {
  const letter = letterCode(LETTERS[status]);
  const shelf = catalogue.shelves.of(letter);
  const numbers = Array.from({ length: shelf?.length ?? 0 }, (_, index) => shelf?.at(index) ?? 0);
  const { rows } = catalogue;
  return numbers.filter((row) => rows.letter[row] === letter).map((row) => rows.seq[row] ?? 0);
}

const step = record({
  subject: integer({ min: 0, max: 12 }),
  status: constantFrom(...STATUSES),
  at: integer({ min: 1, max: 5 }),
  queue: constantFrom('x', 'y'),
  drops: integer({ min: 0, max: 5 }),
});

describe('The catalogue', () => {
  it('says what is there, in the order of pages, whatever has been written, noted and forgotten', () => {
    assert(
      property(
        array(step, { minLength: 60, maxLength: 160 }),
        integer({ min: 1, max: 20 }),
        (steps, fewestDead) => {
          const catalogue = new Catalogue(fewestDead);
          const naive = new NaiveCatalogue();
          steps.forEach(({ subject, status, queue, drops, ...values }, index) => {
            const at = status === 'processing' ? 0 : values.at;
            const entry = { subject: `s.${subject}`, seq: 10 * (index + 1), at, queue };
            const label = { letter: LETTERS[status], at, queue, task: 't' };
            const known = naive.entries.find((other) => other.subject === entry.subject);
            if (drops === 0 && known) {
              catalogue.drop([known.seq]);
              naive.drop(known.seq);
            } else {
              catalogue.add({ subject: entry.subject, seq: entry.seq, label });
              naive.add({ ...entry, status });
            }
          });

          for (const status of STATUSES)
            expect(listedOf(catalogue, status)).toEqual(naive.ofStatus(status));
          for (const queue of [undefined, 'x', 'y'])
            expect(catalogue.counts(queue)).toEqual({
              successful: naive.count('successful', queue),
              failed: naive.count('failed', queue),
              cancelled: 0,
            });
          for (const { subject, seq } of naive.entries)
            expect(catalogue.rows.seq[catalogue.find(subject) ?? -1]).toBe(seq);
        },
      ),
    );
  });

  it('takes no more room for a job that is written over and over', () => {
    const catalogue = new Catalogue();
    const label = { letter: LETTERS.processing, at: 0, queue: 'q', task: 't' };
    for (let seq = 1; seq <= 300_000; seq += 1) catalogue.add({ subject: 's', seq, label });

    expect(catalogue.rows.length).toBeLessThan(101_000);
  });

  it('ignores a message that is older than what it knows', () => {
    const catalogue = new Catalogue();
    const label = { letter: LETTERS.failed, at: 1, queue: 'q', task: 't' };
    catalogue.add({ subject: 's', seq: 5, label });
    catalogue.add({ subject: 's', seq: 4, label: { ...label, letter: LETTERS.successful } });

    expect(catalogue.counts()).toEqual({ successful: 0, failed: 1, cancelled: 0 });
  });

  it('tells many subjects apart by two lanes of three', () => {
    const seen = new Set<string>();
    for (let number = 0; number < 200_000; number += 1) {
      const { a, b } = hashSubject(`tasqueue-results.i.job-${number}.r`);
      seen.add(`${a}.${b}`);
    }

    expect(seen.size).toBe(200_000);
  });
});
