import manifest from '../../package.json' with { type: 'json' };

/** An application as someone out there has it: its packages and its compiler settings. */
export interface App {
  readonly name: string;
  readonly type: 'module' | 'commonjs';
  readonly packages: Readonly<Record<string, string>>;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** What its Terminus calls what is degraded: 11 has no word for it. */
  readonly degraded: 'degraded' | 'up';
}

/** The peers that we develop against. */
const nest12 = {
  '@nestjs/common': manifest.devDependencies['@nestjs/common'],
  '@nestjs/core': manifest.devDependencies['@nestjs/core'],
  '@nestjs/terminus': manifest.devDependencies['@nestjs/terminus'],
  '@nestjs/testing': manifest.devDependencies['@nestjs/testing'],
  '@opentelemetry/api': manifest.devDependencies['@opentelemetry/api'],
  'prom-client': manifest.devDependencies['prom-client'],
  'reflect-metadata': manifest.devDependencies['reflect-metadata'],
  rxjs: manifest.devDependencies.rxjs,
  typescript: manifest.devDependencies.typescript,
  '@types/node': manifest.devDependencies['@types/node'],
};

const nest11 = {
  ...nest12,
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  '@nestjs/terminus': '11.1.1',
  '@nestjs/testing': '11.2.6',
  typescript: '5.9.3',
};

const strict = {
  target: 'ES2023',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  rootDir: 'src',
  outDir: 'dist',
};

export const APPS: readonly App[] = [
  {
    name: 'Nest 12, ES modules',
    type: 'module',
    packages: nest12,
    degraded: 'degraded',
    compilerOptions: { ...strict, module: 'nodenext' },
  },
  {
    name: 'Nest 12, CommonJS',
    type: 'commonjs',
    packages: nest12,
    degraded: 'degraded',
    compilerOptions: { ...strict, module: 'nodenext' },
  },
  {
    // What `nest new` made for years: it knows no `exports` and finds entry points by `typesVersions`.
    name: 'Nest 11, CommonJS with node10 resolution',
    type: 'commonjs',
    packages: nest11,
    degraded: 'up',
    compilerOptions: { ...strict, module: 'commonjs', moduleResolution: 'node10' },
  },
];
