import { useMemo } from 'react';

type Kind = 'key' | 'string' | 'number' | 'word' | 'mark';

/** A name before a colon, another string, a number, a word; all else is marks. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|\b(true|false|null)\b/gi;

interface Piece {
  readonly at: number;
  readonly kind: Kind;
  readonly text: string;
}

/** Above this the colours would cost more than they tell. */
const LONGEST_COLOURED = 60_000;

function piecesOf(text: string): Piece[] {
  if (text.length > LONGEST_COLOURED) return [{ at: 0, kind: 'mark', text }];
  const pieces: Piece[] = [];
  let end = 0;
  const add = (kind: Kind, piece: string) => {
    if (piece !== '') pieces.push({ at: end, kind, text: piece });
    end += piece.length;
  };
  for (const { index, 1: quoted, 2: colon, 3: digits, 4: word } of text.matchAll(TOKEN)) {
    add('mark', text.slice(end, index));
    if (quoted !== undefined) add(colon === undefined ? 'string' : 'key', quoted);
    if (colon !== undefined) add('mark', colon);
    if (digits !== undefined) add('number', digits);
    if (word !== undefined) add('word', word);
  }
  add('mark', text.slice(end));
  return pieces;
}

/** A value as JSON, indented and coloured; long ones scroll. */
export function JsonText({ value, label }: { readonly value: unknown; readonly label: string }) {
  const pieces = useMemo(() => piecesOf(JSON.stringify(value, null, 2) ?? 'undefined'), [value]);
  return (
    <pre className="code" tabIndex={0} role="group" aria-label={label}>
      {pieces.map(({ at, kind, text }) => (
        <span key={at} className={`json-${kind}`}>
          {text}
        </span>
      ))}
    </pre>
  );
}
