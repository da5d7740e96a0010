import { type Context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

type Headers = Readonly<Record<string, string>>;

/** Headers travel with every job: what does not fit is left out, the longest (baggage) first. */
const LARGEST_SIZE = 8_192;

/** What the application's propagators write of a context; undefined when that is nothing. */
export function headersOf(context: Context): Headers | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  const entries = Object.entries(carrier).sort((a, b) => sizeOf(a) - sizeOf(b));
  let size = 0;
  const fitting = entries.filter((entry) => (size += sizeOf(entry)) <= LARGEST_SIZE);
  return fitting.length === 0 ? undefined : Object.fromEntries(fitting);
}

/** The context that headers lead back to; the root where they lead nowhere. */
export function contextOf(headers: Headers | undefined): Context {
  return headers === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
}

function sizeOf([key, text]: readonly [string, string]): number {
  return key.length + text.length;
}
