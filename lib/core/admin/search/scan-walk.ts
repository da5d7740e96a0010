import type { JobMessage } from '../../job-message.js';
import type { JobSource, SourcePage } from './job-source.js';
import { rankOf } from './job-sources.js';
import type { JobTest } from './matcher.js';
import { writeScanCursor, type ScanPlace } from './scan-cursor.js';

interface WalkTerms {
  readonly test: JobTest;
  readonly limit: number;
  /** Jobs asked for at once. */
  readonly chunk: number;
}

/** One call's way through the lists. */
export class ScanWalk {
  readonly items: JobMessage[] = [];
  looked = 0;
  #at: number;
  #within: string | undefined;

  constructor(
    private readonly sources: readonly JobSource[],
    place: ScanPlace | undefined,
    private readonly terms: WalkTerms,
  ) {
    this.#at = place === undefined ? 0 : startOf(sources, place);
    const first = sources[this.#at];
    if (place && first?.list === place.list && first.queue === place.queue)
      this.#within = place.within;
  }

  isOver(budget: number): boolean {
    const full = this.items.length >= this.terms.limit || this.looked >= budget;
    return full || this.#at >= this.sources.length;
  }

  get next(): string | undefined {
    const source = this.sources[this.#at];
    return source && writeScanCursor({ ...source, within: this.#within });
  }

  async readPage(budget: number): Promise<void> {
    const source = this.sources[this.#at];
    if (source === undefined) return;
    const { page, found } = await this.#fitting(source, budget - this.looked);
    this.items.push(...found);
    this.looked += page.looked;
    this.#within = page.next;
    if (page.next === undefined) this.#at++;
  }

  /** Where more match than there is room for, the page is read again, to end behind the last that fits. */
  async #fitting(
    source: JobSource,
    left: number,
  ): Promise<{ page: SourcePage; found: JobMessage[] }> {
    const { limit, chunk, test } = this.terms;
    const room = limit - this.items.length;
    let size = Math.min(chunk, left);
    for (;;) {
      const page = await source.page({ cursor: this.#within, limit: size });
      const found = page.items.filter(test);
      const last = found[room - 1];
      if (found.length <= room || last === undefined) return { page, found };
      size = page.items.indexOf(last) + 1;
    }
  }
}

/** The list itself or, where it is gone, the one behind it. */
function startOf(sources: readonly JobSource[], { list, queue }: ScanPlace): number {
  const index = sources.findIndex(
    (source) =>
      rankOf(source.list) > rankOf(list) || (source.list === list && source.queue >= queue),
  );
  return index === -1 ? sources.length : index;
}
