import ts from 'typescript';
import { breach, lineOf, nodesOf, type Rule, type Source } from './source.js';

const MEDIAN_FILE_LINES = 70;
const P90_FILE_LINES = 150;
const LONGEST_FILE_LINES = 300;
const LONGEST_FUNCTION_LINES = 40;

/** Gates the median and the p90 too: many tiny files must not hide a few large ones. */
export const filesAreShort: Rule = (sources) => {
  const lengths = sources.map(fileLines).sort((a, b) => a - b);
  const median = quantile(lengths, 0.5);
  const p90 = quantile(lengths, 0.9);
  return [
    ...(median > MEDIAN_FILE_LINES ? [`the median file has ${median} lines`] : []),
    ...(p90 > P90_FILE_LINES ? [`the p90 of files has ${p90} lines`] : []),
    ...sources
      .filter((source) => fileLines(source) > LONGEST_FILE_LINES)
      .map((source) => `${source.path}:1 has ${fileLines(source)} lines`),
  ];
};

export const functionsAreShort: Rule = (sources) =>
  sources.flatMap((source) =>
    [...nodesOf(source)]
      .filter(
        (node) => ts.isFunctionLike(node) && functionLines(source, node) > LONGEST_FUNCTION_LINES,
      )
      .map((node) =>
        breach(source, node, `has a function of ${functionLines(source, node)} lines`),
      ),
  );

function fileLines({ text }: Source): number {
  return text.trimEnd().split('\n').length;
}

/** Without the comment above it. */
function functionLines(source: Source, node: ts.Node): number {
  const last = source.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return last - lineOf(source, node) + 1;
}

/** The smallest length that at least `share` of all do not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
