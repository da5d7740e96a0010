import { execFile } from 'node:child_process';

const TIMEOUT_MS = 150_000;

/** Runs a program to its end and gives what it printed. Rejects, with all output, unless it exits with 0. */
export function run(cwd: string, file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, timeout: TIMEOUT_MS }, (error, stdout) => {
      // The message of a failed child already ends with what it wrote to stderr.
      if (error) reject(new Error(`${error.message}\n${stdout}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
