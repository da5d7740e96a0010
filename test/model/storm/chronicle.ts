import type { JobContext } from '../../../lib/core/job-context.js';
import type { Payload, Terms } from './act.js';

/** A message that a worker was given, as the broker saw it. */
export interface Given {
  readonly id: string;
  readonly generation: number;
  readonly machine: string;
  readonly session: string;
  readonly receipt: string;
  readonly at: number;
  readonly crashes: number;
  /** It had been, or was by this, started as far as the broker knows. */
  counted: boolean;
}

/** A handler's start. Instants are the server's; epoch ms. */
export interface Start {
  readonly id: string;
  readonly generation: number;
  readonly machine: string;
  readonly session: string;
  readonly receipt: string;
  readonly payload: Payload;
  readonly task: string;
  readonly attempt: number;
  readonly crashes: number;
  readonly retried: number;
  readonly at: number;
  endedAt: number | undefined;
  threw: boolean;
  /** Fires when the handler is no longer waited for. */
  readonly signal: JobContext['signal'];
}

/** One accepted enqueue of one job, member or step, and what is known of how it has to go. */
export interface Life {
  readonly tag: string;
  /** Of the job; undefined where only its group or chain knows it. */
  id: string | undefined;
  readonly terms: Terms;
  /** Server instant of the call; epoch ms. */
  readonly sentAt: number;
  readonly expiresAt: number | undefined;
  /** `unsure`: no answer came. `other`: the id was another's. */
  standing: 'unsure' | 'accepted' | 'other';
  /** Id of the group or chain that it was enqueued with. */
  readonly plan?: string | undefined;
  /** Tags one of which has to start after its end, if it runs. */
  readonly follows: readonly string[];
}

/** A group or a chain. */
export interface PlanLife {
  readonly id: string;
  readonly form: 'group' | 'chain';
  readonly memberTags: readonly string[];
  readonly ends: readonly string[];
  standing: Life['standing'];
}

/** What somebody asked of an id, and was told. */
export interface Wish {
  readonly kind: 'cancel' | 'retry' | 'delete' | 'clear';
  readonly id: string;
  readonly at: number;
  /** When the call resolved, and with what. */
  doneAt: number | undefined;
  answer: unknown;
}

/** Everything that was seen of a storm: what the invariants are asked about. */
export class Chronicle {
  readonly given: Given[] = [];
  readonly starts: Start[] = [];
  readonly lives: Life[] = [];
  readonly plans: PlanLife[] = [];
  readonly wishes: Wish[] = [];
  /** Ids whose message was made unreadable on its way. */
  readonly garbled = new Set<string>();
  /** Generated ids that were sent again: they may have been started twice, unlooked-up. */
  readonly resent = new Set<string>();
  /** When a schedule was first accepted; server instant. */
  scheduledAt: number | undefined;
  #tags = 0;
  /** What broke a promise at the very moment it happened. */
  readonly broken: string[] = [];

  /** A name of its own for each enqueue. */
  nextTag(): string {
    this.#tags += 1;
    return `#${this.#tags}`;
  }

  startsOf(tag: string): readonly Start[] {
    return this.starts.filter(({ payload }) => payload.tag === tag);
  }

  /** Somebody wished something of this id, or of what it belongs to. */
  isTouched(id: string): boolean {
    return this.wishes.some((wish) => wish.id === id || id.startsWith(`${wish.id}:`));
  }
}
