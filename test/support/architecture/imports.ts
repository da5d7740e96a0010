import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf, type Source } from './source.js';

/** One import of a file, of whichever form: `import`, `export from`, `import()`, `import('…').T`. */
export interface Import {
  readonly node: ts.Node;
  /** A file of the repository (`lib/core/clock.ts`), or a package as written (`node:fs`). */
  readonly target: string;
}

export function importsOf(source: Source): Import[] {
  return [...nodesOf(source)].flatMap((node) => {
    const specifier = specifierOf(node);
    return specifier === undefined ? [] : [{ node, target: resolve(source, specifier) }];
  });
}

function specifierOf(node: ts.Node): string | undefined {
  const written =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : undefined;
  return written && ts.isStringLiteralLike(written) ? written.text : undefined;
}

function resolve(source: Source, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts');
}
