import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One TypeScript file, read and parsed. */
export interface Source {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** What a rule finds: empty when it is kept, else one line per breach, `path:line what`. */
export type Rule = (sources: readonly Source[]) => string[];

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export function parse(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Every TypeScript file under a folder of the repository, with markup in it or not. */
export function readSources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => parse(relative(ROOT, file).split(sep).join('/'), readFileSync(file, 'utf8')));
}

/** 1 for the first line, as editors count. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

export function breach(source: Source, node: ts.Node, what: string): string {
  return `${source.path}:${lineOf(source, node)} ${what}`;
}

/** Every node of the file, parents before children. */
export function* nodesOf(source: Source): Generator<ts.Node> {
  const waiting: ts.Node[] = [source.tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    waiting.push(...node.getChildren(source.tree).toReversed());
  }
}
