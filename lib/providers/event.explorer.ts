import type { EventBus, TasqueueEvent } from '../core/events.js';
import type { Log } from '../core/log.js';
import { declared } from './handler-declarations.js';
import type { HandlerHost } from './handler-host.js';
import type { HandlerInvoker } from './handler-invoker.js';

/** Connects the methods that carry `@OnTasqueueEvent` to the events of one instance. */
export class EventExplorer {
  constructor(
    private readonly hosts: readonly HandlerHost[],
    private readonly invoker: HandlerInvoker,
    private readonly log: Log,
  ) {}

  /** Subscribes them, until the returned function is called. */
  explore(name: string | undefined, bus: EventBus): () => void {
    const subscriptions = declared(this.hosts, 'listener')
      .filter(({ declaration }) => declaration.instance === name)
      .map(({ declaration: { event: wanted }, host, method, owner }) => {
        const call = this.invoker.plain(host, method);
        return bus.subscribe((event) => {
          if (wanted === '*' || wanted === event.name) void this.#tell(call, event, owner);
        });
      });
    return () => subscriptions.forEach((unsubscribe) => unsubscribe());
  }

  async #tell(call: (event: TasqueueEvent) => unknown, event: TasqueueEvent, owner: string) {
    try {
      await call(event);
    } catch (error) {
      const { name, jobId } = event;
      this.log.error(`${owner} failed to hear an event`, { event: name, jobId, error });
    }
  }
}
