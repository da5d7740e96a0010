import type { Codec } from '../codec.js';
import { decodeOrRaw, decodeValue } from '../encoded-value.js';
import { NotFoundError } from '../errors.js';
import type { PrevResult } from '../message/job-terms.js';
import type { Results } from '../ports/results.js';
import { resultsOfMembers } from './prev-results.js';

/** Makes what the previous step gave into a value, for the handler and for those who look at the job. */
export class PrevDecoder {
  constructor(
    private readonly results: Results,
    private readonly codec: Codec,
  ) {}

  /** Throws NotFoundError when a result that stayed where it was is gone. */
  async decode(prev: PrevResult): Promise<unknown> {
    if (prev.kind === 'value') return decodeValue(this.codec, prev.value);
    if (prev.kind === 'values') return this.#decodeAll(prev.values);
    const [found] = await this.results.get([prev.id]);
    if (found?.record.kind === 'job' && found.record.result)
      return decodeValue(this.codec, found.record.result);
    if (found?.record.kind === 'plan')
      return this.#decodeAll(await resultsOfMembers(this.results, found.record));
    throw new NotFoundError(
      `the previous result is gone: '${prev.id}' was deleted, or is past its retention`,
    );
  }

  #decodeAll(values: readonly (Uint8Array | undefined)[]): unknown[] {
    return values.map((value) => value && decodeValue(this.codec, value));
  }
}

/** What travelled with the job, to be looked at: never throws, and undefined where it did not travel. */
export function inlineValueOf(codec: Codec, prev: PrevResult): unknown {
  if (prev.kind === 'value') return decodeOrRaw(codec, prev.value);
  if (prev.kind === 'values') return prev.values.map((value) => value && decodeOrRaw(codec, value));
  return undefined;
}
