import type { EventSource, TasqueueEvent } from '../core/events.js';
import type { Log } from '../core/log.js';
import { refuse } from '../core/validation/check.js';
import type { ListenerDeclaration } from '../decorators/task-metadata.accessor.js';
import { declared, type Declared } from './handler-declarations.js';
import type { HandlerHost } from './handler-host.js';
import type { HandlerInvoker } from './handler-invoker.js';

/** Where the events of one instance come from. */
export interface EventSources {
  readonly events: EventSource;
  /** Undefined where those of other processes are not heard. */
  readonly allEvents: EventSource | undefined;
}

/** Connects the methods that carry `@OnTasqueueEvent` to the events of one instance. */
export class EventExplorer {
  constructor(
    private readonly hosts: readonly HandlerHost[],
    private readonly invoker: HandlerInvoker,
    private readonly log: Log,
  ) {}

  /** Subscribes them, until the returned function is called. Throws InvalidOptionsError. */
  explore(name: string | undefined, { events, allEvents }: EventSources): () => void {
    const listeners = declared(this.hosts, 'listener').filter(
      ({ declaration }) => declaration.instance === name,
    );
    if (allEvents === undefined) refuse('@OnTasqueueEvent', listeners.flatMap(unheard));
    const subscriptions = listeners.map((listener) => {
      const source = listener.declaration.of === 'all' ? allEvents : events;
      return source?.subscribe(this.#toldBy(listener));
    });
    return () => subscriptions.forEach((unsubscribe) => unsubscribe?.());
  }

  #toldBy({ declaration, host, method, owner }: Declared<ListenerDeclaration>) {
    const { event: wanted } = declaration;
    const call = this.invoker.plain(host, method);
    return (event: TasqueueEvent): void => {
      if (wanted === '*' || wanted === event.name) void this.#tell(call, event, owner);
    };
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

function unheard({ declaration, owner }: Declared<ListenerDeclaration>): string[] {
  return declaration.of === 'all'
    ? [`${owner}: { of: 'all' } needs events: 'all' in the options of TasqueueModule`]
    : [];
}
