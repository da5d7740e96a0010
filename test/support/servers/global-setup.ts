import { findProgram } from './find-program.js';
import { NEEDED } from './programs.js';
import { versionOf } from './version.js';

/** Makes sure of the servers before a test's time runs: fetching one may take a minute. */
export async function setup(): Promise<void> {
  const places = await Promise.all(
    NEEDED.map(async (program) => {
      const file = await findProgram(program);
      return `${program.name} ${await versionOf(file)} at ${file}`;
    }),
  );
  console.log(`servers: ${places.join(', ')}`);
}
