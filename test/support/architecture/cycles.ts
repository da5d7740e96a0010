import { importsOf } from './imports.js';
import type { Rule } from './source.js';

/** No file imports itself by way of others; types count too. Each cycle is told once. */
export const importsRunInOneDirection: Rule = (sources) => {
  const targets = new Map(
    sources.map((source) => [source.path, importsOf(source).map(({ target }) => target)]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();

  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path].join(' -> '));
    if (start !== -1 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };

  for (const path of targets.keys()) visit(path, []);
  return cycles;
};
