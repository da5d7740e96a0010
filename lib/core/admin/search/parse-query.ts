import { didYouMean } from '../../did-you-mean.js';
import { refuse } from '../../validation/check.js';
import { show } from '../../validation/show.js';
import { patternOf } from './pattern.js';
import { FIELDS, PARTS, type Field, type Part, type Query, type Term } from './query.js';
import { tokensOf, UnclosedQuote, type Token } from './tokens.js';

const LONGEST_QUERY = 2_000;
const MOST_TERMS = 20;
const EXPECTED = [...FIELDS, ...PARTS.map((part) => `${part}.<name>`)]
  .map((name) => `${name}:`)
  .join(' ');

/** Throws InvalidOptionsError with all that is wrong with it. */
export function parseQuery(query: string): Query {
  const problems: string[] = [];
  const terms = termsOf(query, problems);
  refuse('query', problems);
  return { terms };
}

function termsOf(query: string, problems: string[]): Term[] {
  if (query.length > LONGEST_QUERY) {
    problems.push(`expected ${LONGEST_QUERY} characters at most, got ${query.length}`);
    return [];
  }
  const tokens = tokensOf(query);
  if (tokens instanceof UnclosedQuote) {
    problems.push(`the quote at character ${tokens.at + 1} is never closed: add a " at its end`);
    return [];
  }
  if (tokens.length > MOST_TERMS)
    problems.push(`expected ${MOST_TERMS} terms at most, got ${tokens.length}`);
  const terms: Term[] = [];
  for (const token of tokens) {
    const term = termOf(token);
    if (typeof term === 'string') problems.push(term);
    else terms.push(term);
  }
  return terms;
}

/** The term, or what is wrong with it. */
function termOf({ qualifier, text, quoted }: Token): Term | string {
  if (qualifier === undefined) return { kind: 'word', text };
  if (text === '' && !quoted)
    return `${qualifier}: expected a value right behind the colon, got none`;
  const value = patternOf(text, quoted);
  if (isField(qualifier)) return { kind: 'field', field: qualifier, value };
  const dot = qualifier.indexOf('.');
  const part = dot === -1 ? qualifier : qualifier.slice(0, dot);
  if (!isPart(part)) return unknownQualifier(qualifier);
  const path = dot === -1 ? '' : qualifier.slice(dot + 1);
  return path === ''
    ? `${qualifier}: expected the name of what to look at, as in ${part}.name:value`
    : { kind: 'part', part, path, value };
}

function unknownQualifier(qualifier: string): string {
  const guess = didYouMean(qualifier, [...FIELDS, ...PARTS]);
  const hint = guess === undefined ? '' : ` (did you mean '${guess}:'?)`;
  return (
    `expected one of ${EXPECTED}, got ${show(`${qualifier}:`)}${hint}; ` +
    'a word with a colon in it has to stand in double quotes'
  );
}

function isField(name: string): name is Field {
  return FIELDS.some((field) => field === name);
}

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}
