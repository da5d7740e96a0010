import type { RetentionPolicy } from '../../../../core/ports/results.js';
import { decodeOwnJson, encodeJson } from '../messages/own-json.js';
import { LETTERS } from '../messages/message-label.js';
import type { MessageStore } from '../messages/message-store.js';
import type { Subjects } from '../messages/subjects.js';

/** What all processes share of retention: by which rules, and who sees to it. */
interface KeeperNote {
  readonly policy: RetentionPolicy;
  /** Who sweeps; others take over once it has not been heard of. */
  readonly holder?: string | undefined;
  /** Epoch ms. */
  readonly until?: number | undefined;
}

/** So long a sweeper that died keeps others from sweeping. */
const HELD_MS = 3 * 60_000;

/** Agrees with other processes on the retention, and on who sweeps. */
export class Keeper {
  constructor(
    private readonly store: MessageStore,
    private readonly subjects: Subjects,
    /** Unlike that of any other process. */
    private readonly name: string,
  ) {}

  /** From now on this retention counts, for all. */
  async setPolicy(policy: RetentionPolicy): Promise<void> {
    await this.#change((note) => {
      const isKnown = JSON.stringify(note?.policy) === JSON.stringify(policy);
      return isKnown ? undefined : { ...note, policy };
    });
  }

  /** Takes the sweeping on, or goes on with it. Gives the retention; undefined while another has it. */
  async take(now: number): Promise<RetentionPolicy | undefined> {
    const note = await this.#change((current) => {
      if (current === undefined || this.#isAnothers(current, now)) return undefined;
      return { ...current, holder: this.name, until: now + HELD_MS };
    });
    return note?.holder === this.name ? note.policy : undefined;
  }

  /** Lets another sweep at once. */
  async leave(): Promise<void> {
    await this.#change((note) =>
      note?.holder === this.name ? { policy: note.policy } : undefined,
    );
  }

  #isAnothers({ holder, until = 0 }: KeeperNote, now: number): boolean {
    return holder !== undefined && holder !== this.name && until > now;
  }

  /** Gives the note as it is afterwards. `next`: undefined where nothing is to change. */
  async #change(
    next: (note: KeeperNote | undefined) => KeeperNote | undefined,
  ): Promise<KeeperNote | undefined> {
    const subject = this.subjects.keeper;
    for (;;) {
      const found = await this.store.read(subject);
      const current = found && decodeOwnJson<KeeperNote>(found.payload);
      const note = next(current);
      if (note === undefined) return current;
      const payload = encodeJson(note);
      const label = { letter: LETTERS.keeper, at: 0 };
      const written = await this.store.write({ subject, payload, label, expect: found?.seq ?? 0 });
      if (written.stored) return note;
    }
  }
}
