import {
  EVENT_NAMES,
  type EventOrigin,
  type TasqueueEvent,
  type TasqueueEventName,
} from './events.js';
import type { Notice } from './ports/broker.js';

/** Events of one process, on their way to the others. */
export interface EventNews {
  /** Which instance tells them: it hears its own notices too. */
  readonly teller: string;
  readonly origin: EventOrigin;
  readonly events: readonly TasqueueEvent[];
}

const TOPIC = 'events';
/** Of an error's message; the record has all of it. */
const LONGEST_ERROR = 500;

export function toNotice({ teller, origin, events }: EventNews): Notice {
  const told = events.map((event) => ({
    ...event,
    origin: undefined,
    remote: undefined,
    at: event.at.getTime(),
    error: event.error?.slice(0, LONGEST_ERROR),
  }));
  const { host, pid } = origin;
  return { topic: TOPIC, body: JSON.stringify({ teller, host, pid, events: told }) };
}

/** The events of another; undefined for what `self` has told, or what is not ours to understand. */
export function fromNotice({ topic, body }: Notice, self: string): TasqueueEvent[] | undefined {
  if (topic !== TOPIC) return undefined;
  try {
    const news = fieldsOf(JSON.parse(body));
    const { teller, host, pid, events } = news;
    if (teller === self || !Array.isArray(events)) return undefined;
    if (typeof host !== 'string' || typeof pid !== 'number') return undefined;
    return events.flatMap((event: unknown) => read(fieldsOf(event), { host, pid }));
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** None for one that another release tells and this one does not know. */
function read(event: Fields, origin: EventOrigin): TasqueueEvent[] {
  const { name, jobId, task, queue, at, status, error } = event;
  if (!isName(name) || typeof jobId !== 'string' || typeof task !== 'string') return [];
  if (typeof queue !== 'string' || typeof at !== 'number') return [];
  return [
    {
      name,
      jobId,
      task,
      queue,
      at: new Date(at),
      // oxlint-disable-next-line no-unsafe-type-assertion -- a status of a later release is shown as it is
      status: status as TasqueueEvent['status'],
      attempt: numberOf(event['attempt']),
      waitedMs: numberOf(event['waitedMs']),
      durationMs: numberOf(event['durationMs']),
      error: typeof error === 'string' ? error : undefined,
      origin,
      remote: true,
    },
  ];
}

function isName(name: unknown): name is TasqueueEventName {
  return EVENT_NAMES.some((known) => known === name);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
