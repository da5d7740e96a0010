/** What a key may hold anywhere: `userPassword`, `x-api-key`. */
const PARTS = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'apikey',
  'accesskey',
  'privatekey',
  'authorization',
  'cookie',
  'credential',
  'creditcard',
  'cardnumber',
];

/** Words that would hide too much within others: `discard`, `pinned`. */
const WORDS: ReadonlySet<string> = new Set([
  'pwd',
  'token',
  'jwt',
  'otp',
  'card',
  'cvv',
  'cvc',
  'pin',
  'ssn',
  'iban',
]);

/** As people vary it: `apiKey`, `API_KEY`, `api-key`. */
function bare(key: string): string {
  return key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function wordsOf(key: string): string[] {
  return key
    .replaceAll(/(?<=\p{Ll}|\p{N})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
}

/** Which keys of payloads, results and headers nobody sees. */
export class HiddenKeys {
  readonly #keys = new Set<string>();
  readonly #paths = new Set<string>();

  /** A text with a dot is a path from the root of a value; any other is a key at any depth. */
  constructor(entries: readonly string[]) {
    for (const entry of entries)
      if (entry.includes('.')) this.#paths.add(entry.split('.').map(bare).join('.'));
      else this.#keys.add(bare(entry));
  }

  /** `keys` lead to it from the root, itself last; places in arrays do not count. */
  has(keys: readonly string[]): boolean {
    const key = keys.at(-1) ?? '';
    return this.hasKey(key) || this.#paths.has(keys.map(bare).join('.'));
  }

  hasKey(key: string): boolean {
    const whole = bare(key);
    return (
      this.#keys.has(whole) ||
      whole.endsWith('token') ||
      PARTS.some((part) => whole.includes(part)) ||
      wordsOf(key).some((word) => WORDS.has(word))
    );
  }
}
