import { ConsoleSpanExporter } from '@opentelemetry/sdk-trace-base';
import { startTracing } from './tracing.js';

/** With `TRACES=console` every span is written to the console. The returned function ends that. */
export function tracingFrom(
  variables: Readonly<Record<string, string | undefined>>,
): (() => Promise<void>) | undefined {
  const wanted = variables['TRACES'];
  if (wanted === undefined || wanted === '') return undefined;
  if (wanted !== 'console') throw new RangeError(`TRACES can be 'console', not '${wanted}'`);
  return startTracing(new ConsoleSpanExporter());
}
