import { readlink, rm, symlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 200;

/**
 * Does something that no other process of this machine does at the same time. The lock is a link that
 * names its holder: one whose holder has died is taken over.
 */
export async function alone(lock: string, act: () => Promise<void>): Promise<void> {
  while (!(await take(lock))) {
    const holder = await readlink(lock).catch(() => undefined);
    if (holder !== undefined && !isAlive(Number(holder))) await rm(lock, { force: true });
    else await pause(LOOK_AGAIN_MS);
  }
  try {
    await act();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await symlink(`${process.pid}`, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
