import type { QueryClient } from '@tanstack/react-query';
import { LIVE } from './queries.js';

/**
 * Fetches again what is shown. What is told while that goes on is seen to afterwards, once: an answer that
 * was on its way may be older than the news.
 */
export class Refresher {
  #running = false;
  #again = false;

  constructor(private readonly client: QueryClient) {}

  refresh(): void {
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#again) {
      // A first answer that is on its way is waited for, not asked for anew: so it may be too old.
      this.#again = this.client.isFetching({ queryKey: [LIVE], predicate: isFirst }) > 0;
      await this.client.invalidateQueries({ queryKey: [LIVE] });
    }
    this.#running = false;
  }
}

const isFirst = ({ state }: { state: { data: unknown } }): boolean => state.data === undefined;
