import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../support/docs/code-blocks.js';
import { readPage, ROOT } from '../support/docs/page-check.js';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { runProgram } from '../support/package/run-program.js';
import { transpile } from '../support/package/transpile.js';

const BUILD_MS = 60_000;
const RUN_MS = 30_000;

/** `ts run` blocks, each with the `text` block after it: what it prints. */
async function examples() {
  const blocks = codeBlocks(await readPage('README.md'));
  return blocks.flatMap(({ marks, code, line }, index) => {
    if (!marks.includes('run')) return [];
    const next = blocks[index + 1];
    return [{ line, code, output: next?.language === 'text' ? next.code : undefined }];
  });
}

describe('the README', async () => {
  const found = await examples();
  let copy: PackageCopy;

  beforeAll(async () => {
    copy = await copyPackage('lib');
  }, BUILD_MS);

  afterAll(() => copy.remove());

  it('links to files that are there', async () => {
    const links = [...(await readPage('README.md')).matchAll(/\]\((?!https?:)([^)#]+)/g)];
    const missing = links
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(ROOT, path)));
    expect(links.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  it('has an example that a newcomer can run, of some thirty lines', () => {
    expect(found).not.toEqual([]);
    expect(found[0]?.code.split('\n').length).toBeLessThan(36);
  });

  it.each(found)(
    'prints what it says: the example of line $line',
    async ({ line, code, output }) => {
      const file = join(copy.folder, `example-${line}.js`);
      await writeFile(file, transpile(code));
      const ended = await runProgram([file], { cwd: copy.folder, timeoutMs: RUN_MS });
      expect(ended).toEqual({ exitCode: 0, stdout: output, stderr: '' });
    },
    RUN_MS,
  );
});
