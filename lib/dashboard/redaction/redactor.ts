import type { JobMessage } from '../../core/job-message.js';
import type { ShownValue } from '../contract/index.js';
import { HiddenKeys } from './hidden-keys.js';
import { REDACTED, redactedText } from './hidden-text.js';
import { type PlainValue, plainValue } from './plain-value.js';

/** Longer texts of JSON are shown by their start. */
const LONGEST_SHOWN = 256 * 1024;

/** Shows values without what is hidden, wherever they come from. */
export class Redactor {
  readonly #hidden: HiddenKeys;

  /** Keys, at any depth, and paths with dots, beside the ones that are always hidden. */
  constructor(entries: readonly string[]) {
    this.#hidden = new HiddenKeys(entries);
  }

  plain(value: unknown): PlainValue {
    return plainValue(value, this.#hidden);
  }

  text(text: string): string {
    return redactedText(text, (name) => this.#hidden.hasKey(name));
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        this.#hidden.hasKey(name) ? REDACTED : this.text(value),
      ]),
    );
  }

  /** As a page shows it: bytes that could not be decoded as they are, unless they name a hidden key. */
  shown(value: unknown): ShownValue {
    if (value instanceof Uint8Array) return this.#bytes(value);
    const { value: plain, redacted } = this.plain(value);
    const text = JSON.stringify(plain) ?? '';
    return text.length <= LONGEST_SHOWN
      ? { value: plain, redacted, cut: false }
      : { value: text.slice(0, LONGEST_SHOWN), redacted, cut: true };
  }

  /** What may be seen of a job: searches match nothing else. */
  job(job: JobMessage): JobMessage {
    const text = (from: string): string => this.text(from);
    const { prevError, errors } = job;
    return {
      ...job,
      payload: this.#visible(job.payload),
      prevJobResult: this.#visible(job.prevJobResult),
      lastProgress: this.#visible(job.lastProgress),
      headers: this.headers(job.headers),
      prevError: prevError === undefined ? undefined : text(prevError),
      logs: job.logs.map(text),
      errors: errors.map(({ message, stack, ...error }) => ({
        ...error,
        message: text(message),
        stack: stack === undefined ? undefined : text(stack),
      })),
    };
  }

  #visible(value: unknown): unknown {
    return value instanceof Uint8Array ? undefined : this.plain(value).value;
  }

  #bytes(bytes: Uint8Array): ShownValue {
    const shown = Buffer.from(bytes).subarray(0, LONGEST_SHOWN);
    const cut = shown.byteLength < bytes.byteLength;
    const names =
      Buffer.from(bytes)
        .toString('latin1')
        .match(/[\w-]{1,64}/g) ?? [];
    return names.some((name) => this.#hidden.hasKey(name))
      ? { redacted: [''], cut }
      : { raw: shown.toString('base64'), redacted: [], cut };
  }
}
