import { exactText, type Pattern } from './pattern.js';

/** Qualifiers whose value is that of one field. */
export const FIELDS = [
  'task',
  'queue',
  'id',
  'group',
  'chain',
  'schedule',
  'error',
  'fingerprint',
] as const;

export type Field = (typeof FIELDS)[number];

/** Qualifiers that name a part of a job: `header.tenant:`, `payload.user.id:`. */
export const PARTS = ['header', 'payload'] as const;

export type Part = (typeof PARTS)[number];

/** What a job must be like. */
export type Term =
  | { readonly kind: 'field'; readonly field: Field; readonly value: Pattern }
  | {
      readonly kind: 'part';
      readonly part: Part;
      readonly path: string;
      readonly value: Pattern;
    }
  /** Looked for in id, task, error and payload. */
  | { readonly kind: 'word'; readonly text: string };

/** All terms must hold. */
export interface Query {
  readonly terms: readonly Term[];
}

/** The value that all jobs share in this field, where the query says one. */
export function exactly({ terms }: Query, field: Field): string | undefined {
  for (const term of terms) {
    const text = term.kind === 'field' && term.field === field && exactText(term.value);
    if (typeof text === 'string') return text;
  }
  return undefined;
}
