import { fileURLToPath } from 'node:url';
import { createServer, type Plugin } from 'vite';
import { mutated, type Mutation } from '../../support/mutation/mutation.js';
import type { play, stormOf } from '../storm/storm.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The model, on sources of its own. */
export interface Model {
  readonly play: typeof play;
  readonly stormOf: typeof stormOf;
  close(): Promise<void>;
}

/** Loads the model anew, on sources with these mutations. */
export async function loadModel(mutations: readonly Mutation[]): Promise<Model> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    plugins: [mutating(mutations)],
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const loaded = await server.ssrLoadModule('/test/model/storm/storm.ts');
  // oxlint-disable-next-line no-unsafe-type-assertion -- the module is the one whose types are imported above
  const { play, stormOf } = loaded as Pick<Model, 'play' | 'stormOf'>;
  return { play, stormOf, close: () => server.close() };
}

function mutating(mutations: readonly Mutation[]): Plugin {
  return {
    name: 'tasqueue-model-mutations',
    enforce: 'pre',
    transform: (source, id) => {
      const own = mutations.filter(({ file }) => id === `${ROOT}${file}`);
      return own.length === 0 ? undefined : own.reduce(mutated, source);
    },
  };
}
