import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/internals.md', import.meta.url), 'utf8');
const lib = new URL('../../lib/', import.meta.url).pathname;
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' });
const named = [...page.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path);

describe('the walk through the code', () => {
  it('names files', () => {
    expect(named.length).toBeGreaterThan(25);
  });

  it.each([...new Set(named)])('finds %s in lib', (path) => {
    expect(files.filter((file) => file === path || file.endsWith(`/${path}`))).not.toEqual([]);
  });
});
