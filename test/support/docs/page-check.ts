import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Library, snippetsOf } from './snippets.js';
import { TypeChecker } from './type-check.js';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the modules of the snippets seem to lie: nowhere on the disk. */
const FOLDER = '.snippets';

/** What every page may use as given, each injected in real life. */
const GIVENS = `
import type { INestApplication } from '@nestjs/common';
import type { TasqueueAdmin, TasqueueClient, TasqueueRunner } from 'nestjs-tasqueue';
export declare const app: INestApplication;
export declare const tasqueue: TasqueueClient;
export declare const admin: TasqueueAdmin;
export declare const runner: TasqueueRunner;
`;

/** Later ones come second where two have the same name. */
const LIBRARIES = [
  'nestjs-tasqueue',
  'nestjs-tasqueue/testing',
  'nestjs-tasqueue/health',
  'nestjs-tasqueue/redis',
  'nestjs-tasqueue/nats',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/terminus',
  '@nestjs/testing',
  'nestjs-cls',
  'zod',
  'vitest',
  'rxjs',
];

/** The README and the guide pages, by their path in the repository. */
export async function pages(): Promise<string[]> {
  const docs = await readdir(join(ROOT, 'docs'), { recursive: true });
  return [
    'README.md',
    ...docs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
  ];
}

export function readPage(page: string): Promise<string> {
  return readFile(join(ROOT, page), 'utf8');
}

/** Checks the `ts` blocks of pages, with one look at the libraries for all of them. */
export class PageChecker {
  readonly #checker = new TypeChecker(ROOT);
  readonly #libraries: readonly Library[] = [
    { specifier: './givens.js', names: new Set(['app', 'tasqueue', 'admin', 'runner']) },
    ...[...this.#checker.exportsOf(LIBRARIES)].map(([specifier, names]) => ({ specifier, names })),
  ];

  /** What does not compile, as `page:line: message`. */
  check(page: string, markdown: string): string[] {
    const snippets = snippetsOf(page, markdown, this.#libraries);
    const files = new Map([
      [`${FOLDER}/givens.ts`, GIVENS],
      ...snippets.map(({ file, code }) => [`${FOLDER}/${file}`, code] as const),
    ]);
    const lines = new Map(snippets.map(({ file, line }) => [`${FOLDER}/${file}`, line]));
    return this.#checker
      .check(files)
      .map(({ file, line, message }) => `${page}:${(lines.get(file) ?? 0) + line - 1}: ${message}`);
  }
}
