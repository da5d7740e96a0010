import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from '../../../support/servers/debian/run.js';

const VARIABLE = 'TASQUEUE_CHROMIUM';
const NAMES = ['chromium', 'google-chrome', 'chromium-browser'];
const DEBIAN = '/usr/bin/chromium';

/** A Chromium: as the environment says, on PATH, or installed from Debian, for which one has to be root. */
export async function findChromium(): Promise<string> {
  const named = process.env[VARIABLE];
  if (named !== undefined) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const file of [...files, DEBIAN]) if (await isExecutable(file)) return file;
  return install();
}

async function install(): Promise<string> {
  try {
    await run('apt-get', ['update', '-q']);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
    return DEBIAN;
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the tests of the dashboard need Chromium: there is none on PATH, and it could not be installed. ` +
        `Install it (Debian: chromium), or name its file by ${VARIABLE}.\n  ${trouble.slice(-500)}`,
      { cause: error },
    );
  }
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
