import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Program } from '../program.js';
import { isAtLeast } from '../version.js';
import { alone } from './alone.js';
import { PrivateApt } from './private-apt.js';
import { unpack } from './unpacked.js';

/** Names the folder that keeps what was fetched; by default it goes with `node_modules`. */
export const CACHE_VARIABLE = 'TASQUEUE_SERVERS_CACHE';

/**
 * A program out of a Debian package, fetched once per machine. Rejects with what stood in the way,
 * suite by suite.
 */
export async function fetchProgram(program: Program): Promise<string> {
  const cache = resolve(process.env[CACHE_VARIABLE] ?? 'node_modules/.cache/tasqueue-servers');
  const home = join(cache, `${program.name}-${program.oldest}`);
  const file = join(home, program.name);
  if (await exists(file)) return file;
  await mkdir(cache, { recursive: true });
  await alone(`${home}.lock`, async () => {
    if (!(await exists(file))) await fetchInto(home, program);
  });
  return file;
}

/** Whoever sees the folder sees it whole: it is moved there when it is complete. */
async function fetchInto(home: string, program: Program): Promise<void> {
  const troubles: string[] = [];
  for (const suite of [undefined, 'trixie', 'sid']) {
    const folder = await mkdtemp(`${home}.`);
    try {
      await fetchOf(suite, join(folder, 'whole'), join(folder, 'apt'), program);
      await rename(join(folder, 'whole'), home);
      return;
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      troubles.push(`${suite ?? "this machine's own suite"}: ${trouble}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new Error(troubles.join('\n  '));
}

async function fetchOf(
  suite: string | undefined,
  folder: string,
  aptFolder: string,
  { name, oldest, package: wanted }: Program,
): Promise<void> {
  const apt = await PrivateApt.open(aptFolder, suite);
  const version = await apt.versionOf(wanted);
  if (version === undefined) throw new Error(`it has no ${wanted}`);
  if (!isAtLeast(version, oldest)) throw new Error(`its ${wanted} is ${version}`);
  await mkdir(folder);
  await unpack(folder, await apt.download(wanted), name);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
