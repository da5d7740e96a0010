import { execFile } from 'node:child_process';

/** What a program printed; rejects with its last words when it failed. */
export function run(program: string, args: readonly string[]): Promise<string> {
  // Messages are looked at: they are wanted in one language.
  const env = { ...process.env, LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, maxBuffer: 1 << 26 }, (error, output, complaints) => {
      if (!error) resolve(output);
      else if ('code' in error && error.code === 'ENOENT')
        reject(new Error(`${program} is not on this machine`));
      else reject(new Error(`${program} failed: ${complaints.trim().slice(-500)}`));
    });
  });
}
