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
    const [sent] = await this.#sendAll([template]);
    return sent ?? { id: '', duplicate: false };
  }

  /** One invalid job: nothing is sent. */
  async sendMany(specs: readonly JobSpec[]): Promise<Sent[]> {
    return this.#sendAll(await this.parts.compiler.compileAll(specs));
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
    this.#tell(accepted, templates);
    return messages.map((message) => ({
      id: message.id,
      duplicate: !('body' in message) || !accepted.has(message),
    }));
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

  #tell(accepted: ReadonlySet<Message>, templates: readonly JobTemplate[]): void {
    const { events, environment } = this.parts;
    if (!events.heard) return;
    let index = 0;
    for (const { id, queue } of accepted)
      events.emit({
        name: 'enqueued',
        jobId: id,
        task: templates[index++]?.task ?? '',
        queue,
        at: new Date(environment.clock.now()),
        remote: false,
      });
  }
}
