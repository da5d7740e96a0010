import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 150_000;

/** Runs a program to its end and gives what it printed. Rejects, with all output, unless it exits with 0. */
export async function run(cwd: string, file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { cwd, timeout: TIMEOUT_MS }).catch(
    (error: { message: string; stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
    },
  );
  return stdout;
}
