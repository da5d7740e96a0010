const LONGEST_TEXT = 60;
/** Of a url, whatever the password is made of. */
const CREDENTIALS = /\/\/\S*@/g;

/** A value as it stands in a message: short, never the content of an object, and never a password. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return showText(value);
    case 'function':
      return isClass(value) ? `the class ${value.name}` : 'a function';
    case 'object':
      return showObject(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return 'a symbol';
    default:
      return String(value);
  }
}

export function isClass(
  value: unknown,
): value is { readonly name: string; readonly prototype: object } {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

function showText(given: string): string {
  const text = given.replaceAll(CREDENTIALS, '//…@');
  const start = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return `'${JSON.stringify(start).slice(1, -1)}'`;
}

function showObject(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (value instanceof Promise) return 'a promise (is an await missing?)';
  return 'an object';
}
