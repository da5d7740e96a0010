import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CACHE_VARIABLE, fetchProgram } from './debian/fetch.js';
import type { Program } from './program.js';
import { isAtLeast, versionOf } from './version.js';

const found = new Map<Program, Promise<string>>();

/**
 * Where this program is: as the environment says, on PATH, or fetched from the Debian mirror that this
 * machine uses into a folder of the tests' own. Never one that is too old.
 */
export function findProgram(program: Program): Promise<string> {
  const known = found.get(program) ?? lookFor(program);
  found.set(program, known);
  return known;
}

async function lookFor(program: Program): Promise<string> {
  const { name, variable, oldest, package: wanted } = program;
  const named = process.env[variable];
  if (named !== undefined) {
    const flaw = await flawOf(named, oldest);
    if (flaw === undefined) return named;
    throw new Error(`${variable} names ${named}, but ${flaw}`);
  }
  const onPath = await lookOnPath(name);
  const flaw = onPath === undefined ? 'there is none on PATH' : await flawOf(onPath, oldest);
  if (onPath !== undefined && flaw === undefined) return onPath;
  try {
    return await fetchProgram(program);
  } catch (error) {
    throw new Error(
      `the tests need ${name} ${oldest} or later: ${flaw}, and it could not be fetched.\n` +
        `Install it (Debian: ${wanted}), or name its file by ${variable}, or a folder that already ` +
        `holds what was fetched by ${CACHE_VARIABLE}.\n  ${asText(error)}`,
      { cause: error },
    );
  }
}

async function lookOnPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** What is wrong with it, if anything. */
async function flawOf(file: string, oldest: string): Promise<string | undefined> {
  if (!(await isExecutable(file))) return 'that is no program';
  try {
    const version = await versionOf(file);
    return isAtLeast(version, oldest) ? undefined : `${file} is ${version}, needed is ${oldest}`;
  } catch (error) {
    return asText(error);
  }
}

const asText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
