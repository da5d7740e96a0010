import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Footprint, Part, Question } from './protocol.js';

const ANSWER_WITHIN_MS = 60_000;

/** A process of the application. */
export class Member {
  readonly #child: ChildProcess;
  #output = '';

  private constructor(folder: string, part: Part) {
    const program = join(folder, 'dist', 'chaos', 'soak', 'app.js');
    this.#child = fork(program, {
      cwd: folder,
      env: { ...process.env, SOAK_PART: JSON.stringify(part) },
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    // Should this process end first, it goes too.
    process.once('exit', this.#kill);
    this.#child.once('exit', () => void process.off('exit', this.#kill));
  }

  /** `folder`: of the package copy that it runs. */
  static async start(folder: string, part: Part): Promise<Member> {
    const member = new Member(folder, part);
    await member.#answered('ready');
    return member;
  }

  /** What it has printed, which it should not have. */
  get output(): string {
    return this.#output;
  }

  async footprint(): Promise<Footprint> {
    const answer = await this.ask('sample');
    if (answer.to !== 'sample') throw new Error('not what was asked');
    return answer.footprint;
  }

  ask(question: Question): Promise<Answer> {
    const answer = this.#answered(question);
    this.#child.send(question);
    return answer;
  }

  /** As a deploy would end it. */
  async retire(): Promise<void> {
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  async kill(): Promise<void> {
    this.#kill();
    if (this.#child.exitCode === null && this.#child.signalCode === null)
      await once(this.#child, 'exit');
  }

  #answered(to: Answer['to']): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const hear = (answer: Answer): void => {
        if (answer.to === to) over(() => resolve(answer));
      };
      const fail = (why: string): void =>
        over(() => reject(new Error(`no answer to '${to}', ${why}:\n${this.#output}`)));
      const die = (): void => fail('the process ended');
      const timer = setTimeout(() => fail('it took too long'), ANSWER_WITHIN_MS);
      const over = (end: () => void): void => {
        clearTimeout(timer);
        this.#child.off('message', hear).off('exit', die);
        end();
      };
      this.#child.on('message', hear).once('exit', die);
    });
  }

  readonly #kill = (): void => void this.#child.kill('SIGKILL');
}
