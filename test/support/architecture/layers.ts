import { importsOf } from './imports.js';
import { breach, type Rule } from './source.js';

/** A part of the house: which files it has, and what they may import. */
interface Layer {
  readonly files: RegExp;
  /** Anything else is refused, be it a file of ours or a package. */
  readonly mayImport: readonly RegExp[];
}

const NODE = /^node:/;
const NEST = /^(@nestjs\/(common|core)(\/|$)|rxjs(\/|$)|reflect-metadata$)/;
const CORE = /^lib\/core\//;
/** The Nest layer. Its two folders lean on each other; neither knows an adapter. */
const NEST_LAYER = /^lib\/(decorators|providers)\//;
const MODULE = /^lib\/[^/]+\.ts$/;
/** What comes with the package itself: adapters that need no driver of the user's. */
const BUILT_IN_ADAPTERS = /^lib\/adapters\/(memory|croner)\//;

const coreWithout = (...folders: string[]): RegExp =>
  new RegExp(`^lib/core/(?!(${folders.join('|')})/)`);

/** Each adapter and the package it adapts. A new adapter is a new line here. */
const DRIVERS: Readonly<Record<string, readonly RegExp[]>> = {
  memory: [],
  croner: [/^croner$/],
  redis: [/^ioredis$/],
  nats: [/^nats$/],
};

const ADAPTERS: readonly Layer[] = Object.entries(DRIVERS).map(([name, driver]) => {
  const own = new RegExp(`^lib/adapters/${name}/`);
  return { files: own, mayImport: [NODE, CORE, own, ...driver] };
});

/** An entry point beside the main one, with the package it builds on. */
function entryPoint(name: string, ...packages: RegExp[]): Layer {
  const own = new RegExp(`^lib/${name}/`);
  const house = [CORE, NEST_LAYER, MODULE, BUILT_IN_ADAPTERS, own];
  return { files: own, mayImport: [NODE, NEST, ...house, ...packages] };
}

/** An entry point that hands on an adapter which comes with a driver of the user's. */
function adapterEntryPoint(name: string): Layer {
  return {
    files: new RegExp(`^lib/${name}/`),
    mayImport: [new RegExp(`^lib/adapters/${name}/`)],
  };
}

const LAYERS: readonly Layer[] = [
  // Client and worker meet at the ports and nowhere else, and the ports lean on neither.
  { files: /^lib\/core\/ports\//, mayImport: [NODE, coreWithout('client', 'admin', 'worker')] },
  { files: /^lib\/core\/(client|admin)\//, mayImport: [NODE, coreWithout('worker')] },
  { files: /^lib\/core\/(worker|workflow)\//, mayImport: [NODE, coreWithout('client', 'admin')] },
  { files: CORE, mayImport: [NODE, CORE] },
  ...ADAPTERS,
  { files: NEST_LAYER, mayImport: [NODE, NEST, CORE, NEST_LAYER] },
  { files: MODULE, mayImport: [NODE, NEST, CORE, NEST_LAYER, MODULE, BUILT_IN_ADAPTERS] },
  entryPoint('testing', /^@nestjs\/testing$/),
  adapterEntryPoint('redis'),
  adapterEntryPoint('nats'),
  entryPoint('health', /^@nestjs\/terminus$/),
  entryPoint('telemetry', /^@opentelemetry\/api$/),
  entryPoint('metrics'),
  entryPoint('dashboard', /^cronstrue$/),
  {
    // The program starts fast and knows the dashboard by its contract alone.
    files: /^lib\/cli\//,
    mayImport: [
      NODE,
      /^lib\/cli\//,
      /^lib\/dashboard\/contract\//,
      /^lib\/core\/did-you-mean\.ts$/,
      /^lib\/package-version\.ts$/,
    ],
  },
];

/** Every file belongs to a layer, and imports only what its layer may. */
export const layersAreKept: Rule = (sources) =>
  sources.flatMap((source) => {
    const layer = LAYERS.find(({ files }) => files.test(source.path));
    if (!layer) return [`${source.path}:1 belongs to no layer`];
    return importsOf(source)
      .filter(({ target }) => !layer.mayImport.some((allowed) => allowed.test(target)))
      .map(({ node, target }) => breach(source, node, `imports ${target}`));
  });
