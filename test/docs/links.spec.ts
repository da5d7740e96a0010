import { dirname, join, normalize } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages, readPage, ROOT } from '../support/docs/page-check.js';

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links within the repository that lead nowhere. */
async function brokenLinks(page: string): Promise<string[]> {
  const markdown = await readPage(page);
  const broken: string[] = [];
  for (const [, target = ''] of markdown.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(ROOT, file))) broken.push(target);
    else if (anchor !== undefined && !anchorsOf(await readPage(file)).has(anchor))
      broken.push(target);
  }
  return broken;
}

describe('the documents', async () => {
  const all = await pages();

  it.each(all)('%s links to pages and headings that are there', async (page) => {
    expect(await brokenLinks(page)).toEqual([]);
  });

  it('have a guide, each chapter of which the README leads to', async () => {
    const readme = await readPage('README.md');
    const chapters = all.filter((page) => page.startsWith('docs/guide/'));

    expect(chapters.length).toBeGreaterThanOrEqual(12);
    expect(chapters.filter((page) => !readme.includes(`](${page})`))).toEqual([]);
  });
});
