import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';

const MOST_BYTES = 200_000;

async function files(): Promise<{ name: string; body: Buffer }[]> {
  const folder = inject('pages');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({
        name,
        body: await readFile(join(parentPath, name)),
      })),
  );
}

describe('the built pages', () => {
  it('are under 200 kB in all, compressed', async () => {
    const sizes = (await files()).map(({ body }) => gzipSync(body).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  it('bring no inline script or style, and load from nowhere else', async () => {
    const all = await files();
    const index = all.find(({ name }) => name === 'index.html')?.body.toString() ?? '';
    expect(index).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/);
    expect(index).not.toMatch(/(src|href)="(?!\.\/)/);
    const styles = all.filter(({ name }) => name.endsWith('.css'));
    for (const { body } of styles) expect(body.toString()).not.toMatch(/url\(|@import/);
  });
});
