import { toToken } from '../../connection/subject-token.js';

/** The kinds of messages in the stream, each with a branch of subjects. */
export class Subjects {
  readonly all: string;
  /** Announced again, once stored, under `wakes`. */
  readonly announced: string;
  readonly wakes: string;
  /** Who forgets what is past its retention, and by which retention. */
  readonly keeper: string;

  constructor(private readonly prefix: string) {
    this.all = `${prefix}.>`;
    this.announced = `${prefix}.i.>`;
    this.wakes = `${prefix}-wake.i.>`;
    this.keeper = `${prefix}.keeper`;
  }

  /** The job, plan or tombstone of an id. */
  record(id: string): string {
    return this.recordOfToken(toToken(id));
  }

  recordOfToken(token: string): string {
    return `${this.prefix}.i.${token}.r`;
  }

  /** How the members of a plan stand. */
  marks(planId: string): string {
    return this.marksOfToken(toToken(planId));
  }

  marksOfToken(token: string): string {
    return `${this.prefix}.i.${token}.m`;
  }

  /** What is woken whenever one of the two above has changed. */
  wake(id: string): string {
    return `${this.prefix}-wake.i.${toToken(id)}.*`;
  }

  /** A part of a record that is too large for one message. */
  part(write: string, index: number): string {
    return `${this.prefix}.x.${write}.${index}`;
  }

  /** That messages were forgotten. */
  note(name: string): string {
    return `${this.prefix}.n.${name}`;
  }
}
