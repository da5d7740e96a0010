import ts from 'typescript';
import { breach, nodesOf, type Rule } from './source.js';

/** A way to reach the world outside, and the one file of core that may use it. */
interface Reach {
  readonly onlyIn?: string;
  readonly found: (node: ts.Node) => boolean;
}

const named =
  (...names: string[]) =>
  (node: ts.Node): boolean =>
    ts.isIdentifier(node) && names.includes(node.text);

const member =
  (object: string, property: string) =>
  (node: ts.Node): boolean =>
    ts.isPropertyAccessExpression(node) &&
    node.name.text === property &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object;

/** `new Date()` and `Date()`; with an argument it only converts. */
const dateOfNow = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) && named('Date')(node.expression) && !node.arguments?.length) ||
  (ts.isCallExpression(node) && named('Date')(node.expression));

/** `process.nextTick` alone is the event loop's, as promises are: it batches what one tick asks. */
const processButItsTick = (node: ts.Node): boolean =>
  named('process')(node) && !member('process', 'nextTick')(node.parent);

const moduleNamed =
  (name: string) =>
  (node: ts.Node): boolean =>
    ts.isStringLiteral(node) && node.text === name;

const CLOCK = 'lib/core/clock.ts';
const RANDOM = 'lib/core/random.ts';

const REACHES: readonly Reach[] = [
  { found: processButItsTick },
  { found: moduleNamed('node:process') },
  { onlyIn: CLOCK, found: dateOfNow },
  { onlyIn: CLOCK, found: member('Date', 'now') },
  { onlyIn: CLOCK, found: member('AbortSignal', 'timeout') },
  { onlyIn: CLOCK, found: named('performance', 'setTimeout', 'setInterval') },
  { onlyIn: CLOCK, found: moduleNamed('node:timers/promises') },
  { onlyIn: RANDOM, found: member('Math', 'random') },
  { onlyIn: RANDOM, found: named('randomUUID', 'randomBytes', 'randomInt', 'randomFillSync') },
];

/** Core is handed its clock, its chance and its environment; it reaches for none of them. */
export const coreReachesForNothing: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('lib/core/'))
    .flatMap((source) =>
      [...nodesOf(source)]
        .filter((node) =>
          REACHES.some(({ onlyIn, found }) => onlyIn !== source.path && found(node)),
        )
        .map((node) => breach(source, node, `reaches for ${node.getText(source.tree)}`)),
    );
