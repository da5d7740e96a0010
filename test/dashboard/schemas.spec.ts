import { expect, it } from 'vitest';
import { contractSchemas, SCHEMAS_FILE } from './support/contract-schemas.js';

/** The generator compiles the contract. */
const FIRST_LOOK_MS = 60_000;

it(
  'serves the types of the contract as they are: after a change, run this with --update',
  async () => {
    await expect(await contractSchemas()).toMatchFileSnapshot(SCHEMAS_FILE);
  },
  FIRST_LOOK_MS,
);
