import { MemoryBroker } from '../../adapters/memory/memory-broker.js';
import { MemoryResults } from '../../adapters/memory/memory-results.js';
import type { InstanceParts } from '../../core/instance-parts.js';
import { JobCompiler } from '../../core/client/job-compiler.js';
import { didYouMean } from '../../core/did-you-mean.js';
import { encodeValue } from '../../core/encoded-value.js';
import { JobFailedError, UnknownTaskError } from '../../core/errors.js';
import type { TasqueueEvent } from '../../core/events.js';
import type { Settings } from '../../core/options.js';
import type { Message } from '../../core/ports/message.js';
import type { JobSpec } from '../../core/spec/job-spec.js';
import type { TaskCallback, TaskEntry } from '../../core/task-entry.js';
import { Tasqueue } from '../../core/tasqueue.js';
import { jobMessage } from '../../core/workflow/job-messages.js';

/** With one of these an attempt is over. */
const ENDS: ReadonlySet<TasqueueEvent['name']> = new Set(['successful', 'failed', 'retrying']);

/**
 * One attempt at one handler, on the way that every job takes, in an instance made for it alone: the
 * application's stores and workers see nothing of it.
 */
export class SingleRun {
  constructor(private readonly setting: InstanceParts) {}

  /** `prev`: what the handler finds as `prevJobResult`. Rejects with the handler's own error. */
  async result(spec: JobSpec, prev: unknown): Promise<unknown> {
    const { environment } = this.setting;
    const { clock } = environment;
    const entry = this.#entryOf(spec.task);
    const message = await this.#message(spec, prev);
    const broker = new MemoryBroker({ clock });
    const results = new MemoryResults({ clock });
    const settings = this.#settingsFor(message.queue);
    const alone = new Tasqueue({ settings, broker, results, environment });
    let thrown: Error | undefined;
    const told: TaskCallback = (_, error) => void (thrown = error);
    const callbacks = { processing: [], success: [], retrying: [told], failed: [told] };
    alone.register([{ ...entry, schedule: undefined, callbacks }]);
    try {
      const ended = endOf(alone);
      await alone.connect();
      await alone.start();
      await broker.enqueue([message]);
      const { name, error } = await ended;
      if (name !== 'successful') throw thrown ?? new JobFailedError(message.id, [], error);
      return await alone.client.getResult(message.id);
    } finally {
      await alone.close();
    }
  }

  #entryOf(task: string): TaskEntry {
    const { tasks } = this.setting;
    const entry = tasks.get(task);
    if (entry) return entry;
    const guess = didYouMean(task, tasks.names());
    throw new UnknownTaskError(
      `no @Task handles '${task}'${guess === undefined ? '' : ` (did you mean '${guess}'?)`}: ` +
        'is the provider that does part of the application under test?',
    );
  }

  async #message(spec: JobSpec, prev: unknown): Promise<Message> {
    const { settings, tasks, environment } = this.setting;
    const template = await new JobCompiler(settings, tasks).compile(spec);
    const value =
      prev === undefined ? undefined : encodeValue(settings.codec, prev, 'prevJobResult');
    return jobMessage(template, {
      id: template.id ?? environment.random.id(),
      enqueuedAt: environment.clock.now(),
      ...(value && { terms: { prev: { kind: 'value', value } } }),
    });
  }

  /** It works, whatever the role of the application's instance, and stops at once. */
  #settingsFor(queue: string): Settings {
    const queues = new Map([[queue, 1]]);
    return {
      ...this.setting.settings,
      role: 'both',
      autoStart: true,
      queues,
      shutdownTimeoutMs: 0,
    };
  }
}

function endOf({ events }: Tasqueue): Promise<TasqueueEvent> {
  return new Promise((resolve) => {
    events.subscribe((event) => {
      if (ENDS.has(event.name)) resolve(event);
    });
  });
}
