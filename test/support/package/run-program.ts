import { execFile } from 'node:child_process';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Then it is killed, and its exit code is null. */
  readonly timeoutMs: number;
}

/** Runs a Node program to its end. */
export function runProgram(args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env, timeoutMs: timeout } = options;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd, timeout, env: { ...process.env, ...env } },
      (_, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}
