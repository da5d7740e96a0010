/** Names that mean something to servers, patterns, paths, logs or JavaScript: taken, and kept apart. */
export const ODD_NAMES: readonly string[] = [
  ['a b', ' a', 'a:b', 'a.b', 'a/b', 'a\\b', '*', '>', 'a.>', '?', '[a]', '{a}', '}', '{}', '$JS'],
  ['%s', '..', '"', "'", '<script>', '__proto__', 'constructor', 'then', 'NaN', '0', '-1', '=3a'],
  ['ä', 'a\u{308}', '日本語', '👩‍👩‍👧', '\u{10FFFF}', '\u{FEFF}', '\u{FFFD}', '\u{202E}'],
  ['x'.repeat(200), '漢'.repeat(200), ':'.repeat(200)],
].flat();

/** Names that are refused: they would break keys, lines or logs, or be one with others in UTF-8. */
export const REFUSED_NAMES: readonly string[] = [
  '',
  'a\0b',
  'a\nb',
  'a\r\nb',
  '\u{7F}',
  '\u{85}',
  '\uD800',
  'a\uDC00b',
  'x'.repeat(201),
  'x'.repeat(10_000),
];

/** Nothing can be there by these, and no store is asked. */
export const IMPOSSIBLE_IDS: readonly string[] = [
  '',
  '\uD800',
  'x'.repeat(10_000),
  '漢'.repeat(10_000),
  ':'.repeat(100_000),
];
