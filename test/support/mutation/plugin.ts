import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { mutated, MUTATION_VARIABLE, type Mutation } from './mutation.js';

const ROOT = new URL('../../../', import.meta.url);

/** Lets Vitest run on sources with one mutation, if the environment names one. */
export function mutations(): Plugin[] {
  const named = process.env[MUTATION_VARIABLE];
  if (named === undefined) return [];
  const mutation: Mutation = JSON.parse(named);
  const path = fileURLToPath(new URL(mutation.file, ROOT));
  return [
    {
      name: 'tasqueue-mutation',
      enforce: 'pre',
      transform: (source, id) => (id === path ? mutated(source, mutation) : undefined),
    },
  ];
}
