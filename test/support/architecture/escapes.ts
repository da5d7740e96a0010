import ts from 'typescript';
import { breach, lineOf, nodesOf, type Rule, type Source } from './source.js';

/** A linter's directive alone is no reason; what follows its `--` is. */
const REASON = /\/\/(?!\s*(?:oxlint|eslint)-disable(?:(?!--).)*$).*\w/;

/** A line of nothing but comment; prettier may have put the mark of a conditional type before it. */
const COMMENT_LINE = /^\s*[:?|&]?\s*\/\//;

/** Where the types are told to look away, `any` and `!`, a comment beside or above says why. */
export const typesLookAwayForAReason: Rule = (sources) =>
  sources.flatMap((source) =>
    [...nodesOf(source)]
      .filter((node) => escapesTypes(node) && !isExplained(source, node))
      .map((node) => breach(source, node, `${node.getText(source.tree)} without a reason`)),
  );

function escapesTypes(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.AnyKeyword ||
    ts.isNonNullExpression(node) ||
    (ts.isPropertyDeclaration(node) && node.exclamationToken !== undefined)
  );
}

function isExplained(source: Source, node: ts.Node): boolean {
  const lines = source.text.split('\n');
  const line = lineOf(source, node);
  const above = lines[line - 2] ?? '';
  return REASON.test(lines[line - 1] ?? '') || (COMMENT_LINE.test(above) && REASON.test(above));
}
