import { isFields } from '../../validation/shape.js';

/** Whether a value that this path leads to passes; any item of a list may be it. */
export function passesAt(
  value: unknown,
  path: readonly string[],
  passes: (value: unknown) => boolean,
): boolean {
  const [key, ...rest] = path;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const item = key === undefined || !/^\d+$/.test(key) ? undefined : items[Number(key)];
    return item === undefined
      ? items.some((one) => passesAt(one, path, passes))
      : passesAt(item, rest, passes);
  }
  if (key === undefined) return passes(value);
  return isFields(value) && Object.hasOwn(value, key) && passesAt(value[key], rest, passes);
}
