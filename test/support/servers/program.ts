import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A server that the tests need, and where it may be. */
export interface Program {
  readonly name: string;
  /** Names the file, before anything else is looked at. */
  readonly variable: string;
}

/** Where this program is: as the environment says, or on PATH. */
export async function findProgram({ name, variable }: Program): Promise<string> {
  const named = process.env[variable];
  if (named !== undefined) return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (await isExecutable(file)) return file;
  }
  throw new Error(`${name} is needed by the tests: install it, or name it by ${variable}`);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
