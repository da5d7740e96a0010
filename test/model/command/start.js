import { createServer } from 'vite';

// Node 20 does not read TypeScript: Vite does, and hands the command's own module over.
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { main } = await server.ssrLoadModule('/test/model/command/main.ts');
// oxlint-disable-next-line no-unsafe-call -- the module is not known to types here
process.exitCode = await main(process.argv.slice(2));
await server.close();
