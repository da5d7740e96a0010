import { run } from './debian/run.js';

/** The version that a server says it has, like `7.0.15`. */
export async function versionOf(file: string): Promise<string> {
  const said = await run(file, ['--version']);
  const version = /\bv=?(\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) throw new Error(`${file} --version says no version: ${said.trim()}`);
  return version;
}

/** Whether a version (anything may follow its numbers) is this one or a later one. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [numbers, least] = [numbersOf(version), numbersOf(oldest)];
  for (const [index, wanted] of least.entries()) {
    const found = numbers[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
