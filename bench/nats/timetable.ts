import { job } from 'nestjs-tasqueue';
import { MANY } from '../contenders/open-queue.js';
import { handle, type Order, orderOf } from '../contenders/order.js';
import { Ship, TasqueueApp } from '../contenders/tasqueue-app.js';
import { storesAt } from '../served/contenders/stores.js';

const CONCURRENCY = 100;

/** An application with jobs that are due at their times. */
export class Timetable {
  private constructor(
    private readonly app: TasqueueApp,
    private readonly latenesses: LatenessLog,
  ) {}

  static async open(url: string): Promise<Timetable> {
    const log = new LatenessLog();
    const note = (order: Order): Promise<number> => log.note(order);
    const stores = await storesAt(url);
    const app = await TasqueueApp.open({ ...stores, concurrency: CONCURRENCY, handle: note });
    return new Timetable(app, log);
  }

  /** So many, evenly over `withinMs`, the first of them in `leadMs`. */
  async add(count: number, leadMs: number, withinMs: number): Promise<void> {
    const first = Date.now() + leadMs;
    const jobs = Array.from({ length: count }, (_, index) => {
      const dueAt = first + Math.round((index * withinMs) / count);
      return job(Ship, orderOf(index, `due at ${dueAt}`), { eta: new Date(dueAt) });
    });
    for (let from = 0; from < count; from += MANY)
      await this.app.client.enqueueMany(jobs.slice(from, from + MANY));
  }

  start(): Promise<void> {
    return this.app.start();
  }

  /** How late each of the first `count` started, ms. */
  latenessesOf(count: number): Promise<readonly number[]> {
    return this.latenesses.first(count);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** Its handler knows when a job was due, and when it comes to it. */
class LatenessLog {
  readonly #latenesses: number[] = [];
  #noted: (() => void) | undefined;

  note(order: Order): Promise<number> {
    const dueAt = Number(order.note.split(' ')[2]);
    this.#latenesses.push(performance.timeOrigin + performance.now() - dueAt);
    this.#noted?.();
    return handle(order);
  }

  first(count: number): Promise<readonly number[]> {
    return new Promise((resolve) => {
      this.#noted = () => {
        if (this.#latenesses.length >= count) resolve(this.#latenesses);
      };
      this.#noted();
    });
  }
}
