import { isFields } from '../../core/validation/shape.js';
import { REDACTED } from '../redaction/hidden-text.js';

/**
 * What a visitor sends of a value whose hidden parts they could not see: each part that is as it was shown
 * becomes what it really is. A hidden part that has been moved elsewhere stays hidden.
 */
export function copied(sent: unknown, shown: unknown, real: unknown): unknown {
  if (typeof sent === 'string') return sent === shown && sent.includes(REDACTED) ? real : sent;
  if (Array.isArray(sent))
    return sent.map((item: unknown, index) => copied(item, at(shown, index), at(real, index)));
  if (!isFields(sent)) return sent;
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => [
      key,
      copied(value, field(shown, key), field(real, key)),
    ]),
  );
}

/** True where something hidden is left: it would be enqueued as it stands. */
export function holdsRedacted(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).includes(REDACTED);
}

function at(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}

function field(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
