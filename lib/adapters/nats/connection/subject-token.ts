const PLAIN = /^[\w-]+$/;
const OTHER = /[^\w-]/g;
const CODE = /=u([0-9a-f]{4})|=([0-9a-f]{2})/g;

/**
 * Any text as one token of a subject: letters, digits, `-` and `_` as they are, every other UTF-16
 * unit as `=` and its code. The empty text is a lone `=`.
 */
export function toToken(text: string): string {
  if (PLAIN.test(text)) return text;
  if (text === '') return '=';
  return text.replaceAll(OTHER, encodeUnit);
}

/** The text that `toToken` was given. */
export function fromToken(token: string): string {
  if (!token.includes('=')) return token;
  if (token === '=') return '';
  return token.replaceAll(CODE, (_, long?: string, short?: string) =>
    // oxlint-disable-next-line unicorn/prefer-code-point -- as they were taken
    String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)),
  );
}

function encodeUnit(unit: string): string {
  // oxlint-disable-next-line unicorn/prefer-code-point -- single UTF-16 units, lone surrogates too
  const code = unit.charCodeAt(0);
  return code < 256
    ? `=${code.toString(16).padStart(2, '0')}`
    : `=u${code.toString(16).padStart(4, '0')}`;
}
