import { describe, expect, it } from 'vitest';
import { readPort } from '../../sample-app/http/port.js';
import { toCurl } from '../../sample-app/http/things-to-try.js';

describe('PORT', () => {
  it.each([
    [undefined, 3000],
    ['', 3000],
    ['0', 0],
    ['8080', 8080],
  ])('%o means %i', (text, port) => {
    expect(readPort(text)).toBe(port);
  });

  it.each(['abc', '-1', '70000', '80.5', '0x50', ' '])('refuses %o', (text) => {
    expect(() => readPort(text)).toThrow(`PORT has to be a number from 0 to 65535, not '${text}'`);
  });
});

describe('a line to try', () => {
  it('is a curl command', () => {
    expect(toCurl('http://shop', { why: '', method: 'GET', path: '/stock' })).toBe(
      `curl -sw '\\n' http://shop/stock`,
    );
  });

  it('sends its body as JSON', () => {
    expect(toCurl('http://shop', { why: '', method: 'POST', path: '/a', body: { b: 1 } })).toBe(
      `curl -sw '\\n' -X POST http://shop/a -H 'content-type: application/json' -d '{"b":1}'`,
    );
  });
});
