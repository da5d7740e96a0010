import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerCall, WorkerSettings } from './protocol.js';

const PROGRAM = fileURLToPath(new URL('worker-process.js', import.meta.url));

/** A worker process, as its parent holds it. One call at a time. */
export class RemoteWorker {
  private constructor(private readonly child: ChildProcess) {}

  /** Its workers stand still. */
  static async open(settings: WorkerSettings): Promise<RemoteWorker> {
    const { contender, url, concurrency, handler } = settings;
    const child = fork(PROGRAM, [contender, url, `${concurrency}`, handler]);
    await answerOf(child);
    return new RemoteWorker(child);
  }

  async call(call: WorkerCall): Promise<number[]> {
    this.child.send(call);
    return answerOf(this.child);
  }

  async close(): Promise<void> {
    await this.call('close');
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}

/** Delays in ms, or nothing but that it is done. */
function answerOf(child: ChildProcess): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`a worker process ended (${String(code)})`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(Array.isArray(answer) ? answer.map(Number) : []);
    });
  });
}
