import { ConsoleSpanExporter } from '@opentelemetry/sdk-trace-base';
import { startTracing } from './tracing.js';

/** With `TRACES=console` every span is written to the console. */
export function tracingFrom(environment: NodeJS.ProcessEnv): void {
  const wanted = environment['TRACES'];
  if (wanted === undefined || wanted === '') return;
  if (wanted !== 'console') throw new RangeError(`TRACES can be 'console', not '${wanted}'`);
  startTracing(new ConsoleSpanExporter());
}
