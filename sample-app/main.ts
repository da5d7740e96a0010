import { listen } from './http/listen.js';
import { readPort } from './http/port.js';
import { THINGS_TO_TRY, toCurl } from './http/things-to-try.js';
import { tracingFrom } from './observability/tracing-from.js';
import { createShop } from './shop.js';
import { storesFrom } from './stores/stores-from.js';

async function open(): Promise<void> {
  const port = readPort(process.env['PORT']);
  tracingFrom(process.env);
  const stores = await storesFrom(process.env);
  const app = await createShop({ stores, logLevels: ['warn', 'error', 'fatal'] });
  app.enableShutdownHooks();
  const url = await listen(app, port);
  const lines = THINGS_TO_TRY.map((thing) => `# ${thing.why}\n${toCurl(url, thing)}`);
  console.log(
    `The shop is open at ${url}, its jobs are to be seen at ${url}/tasqueue. Ctrl-C closes it. Try:\n\n${lines.join('\n\n')}\n`,
  );
}

try {
  await open();
} catch (error) {
  console.error(`The shop stays closed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
