import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { createGenerator } from 'ts-json-schema-generator';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const FILE = here('../../../lib/dashboard/openapi/schemas.json');

/** The types of the contract as JSON schemas by name, as text that is formatted like the rest. */
export async function contractSchemas(): Promise<string> {
  const generator = createGenerator({
    path: here('../../../lib/dashboard/contract/index.ts'),
    tsconfig: here('../../../tsconfig.json'),
    type: '*',
    expose: 'export',
    topRef: true,
    jsDoc: 'extended',
    sortProps: false,
    // The compiler of the project does that; the generator has one of its own.
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const { definitions = {} } = generator.createSchema('*');
  const text = JSON.stringify(definitions).replaceAll('#/definitions/', '#/components/schemas/');
  return format(text, { ...(await resolveConfig(FILE)), filepath: FILE });
}

export const SCHEMAS_FILE = FILE;
