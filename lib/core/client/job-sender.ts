import type { Environment } from '../environment.js';
import type { EventBus } from '../events.js';
import type { JobTemplate } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { JobSpec } from '../spec/job-spec.js';
import { jobMessage } from '../workflow/job-messages.js';
import type { Enqueuer } from './enqueuer.js';
import type { JobCompiler } from './job-compiler.js';
import { lookUpIds } from './known-ids.js';

/** What became of one job at enqueue. */
export interface Sent {
  readonly id: string;
  /** The id was known: nothing was overwritten. */
  readonly duplicate: boolean;
}

export interface JobSenderParts {
  readonly compiler: JobCompiler;
  readonly enqueuer: Enqueuer;
  readonly results: Results;
  readonly events: EventBus;
  readonly environment: Environment;
}

/** Single jobs, from spec to acceptance. */
export class JobSender {
  constructor(private readonly parts: JobSenderParts) {}

  async send(spec: JobSpec): Promise<Sent> {
    const compiled = this.parts.compiler.compile(spec);
    const template = compiled instanceof Promise ? await compiled : compiled;
    if (template.id === undefined) return this.#sendFresh(template);
    const [sent] = await this.#sendAll([template]);
    return sent ?? { id: template.id, duplicate: false };
  }

  /** One invalid job: nothing is sent. */
  async sendMany(specs: readonly JobSpec[]): Promise<Sent[]> {
    return this.#sendAll(await this.parts.compiler.compileAll(specs));
  }

  /** A generated id is nobody else's: nothing to look up. */
  async #sendFresh(template: JobTemplate): Promise<Sent> {
    const message = this.#message(template, 1, this.parts.environment.clock.now());
    await this.parts.enqueuer.enqueue([message]);
    this.#tell(template, message);
    return { id: message.id, duplicate: false };
  }

  async #sendAll(templates: readonly JobTemplate[]): Promise<Sent[]> {
    if (templates.length === 0) return [];
    const generations = await this.#generations(templates);
    const enqueuedAt = this.parts.environment.clock.now();
    const messages = templates.map((template) => {
      const generation = template.id === undefined ? 1 : generations?.get(template.id);
      return generation === undefined
        ? { id: template.id ?? '', duplicate: true }
        : this.#message(template, generation, enqueuedAt);
    });
    const sendable = messages.filter((message) => 'body' in message);
    const replies = await this.parts.enqueuer.enqueue(sendable);
    const accepted = new Set(sendable.filter((_, index) => replies[index] !== 'known'));
    return messages.map((message, index) => {
      const duplicate = !('body' in message) || !accepted.has(message);
      if (!duplicate) this.#tell(templates[index], message);
      return { id: message.id, duplicate };
    });
  }

  /** Of the own ids that are free; those known already are left out. */
  async #generations(
    templates: readonly JobTemplate[],
  ): Promise<ReadonlyMap<string, number> | undefined> {
    const ids = templates.flatMap(({ id }) => (id === undefined ? [] : [id]));
    if (ids.length === 0) return undefined;
    const found = await lookUpIds(this.parts.results, ids);
    return new Map(
      ids.flatMap((id, index) => {
        const entry = found[index];
        return entry?.known === false ? [[id, entry.generation] as const] : [];
      }),
    );
  }

  #message(template: JobTemplate, generation: number, enqueuedAt: number): Message {
    return jobMessage(template, {
      id: template.id ?? this.parts.environment.random.id(),
      generation,
      fresh: template.id === undefined,
      enqueuedAt,
    });
  }

  #tell(template: JobTemplate | undefined, { id: jobId, queue }: Message): void {
    const { events, environment } = this.parts;
    if (!events.heard || template === undefined) return;
    const at = new Date(environment.clock.now());
    events.emit({ name: 'enqueued', jobId, task: template.task, queue, at, remote: false });
  }
}
