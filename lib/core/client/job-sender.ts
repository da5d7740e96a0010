import type { Environment } from '../environment.js';
import type { JobTemplate } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';
import type { JobSpec } from '../spec/job-spec.js';
import { jobMessage } from '../workflow/job-messages.js';
import type { Enqueuer } from './enqueuer.js';
import type { JobCompiler } from './job-compiler.js';
import type { KnownIds } from './known-ids.js';
import { ownIdsIn, withGenerations } from './own-ids.js';

/** What became of one job at enqueue. */
export interface Sent {
  readonly id: string;
  /** The id was known: nothing was overwritten. */
  readonly duplicate: boolean;
}

export interface JobSenderParts {
  readonly compiler: JobCompiler;
  readonly enqueuer: Enqueuer;
  readonly knownIds: KnownIds;
  readonly environment: Environment;
}

/** Single jobs, from spec to acceptance. */
export class JobSender {
  constructor(private readonly parts: JobSenderParts) {}

  /** Throws, or rejects, as the compiler does. Not async: a promise per level would double the cost. */
  send(spec: JobSpec): Promise<Sent> {
    const compiled = this.parts.compiler.compile(spec);
    return compiled instanceof Promise
      ? compiled.then((template) => this.#send(spec, template))
      : this.#send(spec, compiled);
  }

  /** One invalid job: nothing is sent. */
  async sendMany(specs: readonly JobSpec[]): Promise<Sent[]> {
    return this.#sendAll(await this.parts.compiler.compileAll(specs));
  }

  #send({ options }: JobSpec, template: JobTemplate): Promise<Sent> {
    return options.id === undefined && !options.onSuccess && !options.onError
      ? this.#sendFresh(template)
      : this.#sendAll([template]).then(([sent]) => sent ?? { id: '', duplicate: false });
  }

  /** A generated id is nobody else's: nothing to look up. */
  #sendFresh(template: JobTemplate): Promise<Sent> {
    const message = this.#message(template, this.parts.environment.clock.now());
    const sent = { id: message.id, duplicate: false };
    return this.parts.enqueuer.enqueue([message]).then(() => sent);
  }

  async #sendAll(compiled: readonly JobTemplate[]): Promise<Sent[]> {
    if (compiled.length === 0) return [];
    const ownIds = ownIdsIn(compiled);
    const known = await this.parts.knownIds.lookUp(ownIds);
    const templates = ownIds.length === 0 ? compiled : withGenerations(compiled, known);
    const enqueuedAt = this.parts.environment.clock.now();
    const messages = templates.map((template) =>
      template.id !== undefined && known.get(template.id)?.known
        ? { id: template.id, duplicate: true }
        : this.#message(template, enqueuedAt),
    );
    const sendable = messages.filter((message) => 'body' in message);
    const replies = await this.parts.enqueuer.enqueue(sendable);
    const accepted = sendable.filter((_, index) => replies[index] !== 'known');
    const overtaken = await this.parts.knownIds.overtaken(accepted.filter(({ fresh }) => !fresh));
    const mine = new Set(accepted.filter((message) => !overtaken.has(message)));
    return messages.map((message) => ({
      id: message.id,
      duplicate: !('body' in message) || !mine.has(message),
    }));
  }

  #message(template: JobTemplate, enqueuedAt: number): Message {
    return jobMessage(template, {
      id: template.id ?? this.parts.environment.random.id(),
      fresh: template.id === undefined,
      enqueuedAt,
    });
  }
}
