import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../support/docs/code-blocks.js';
import { pages, readPage } from '../support/docs/page-check.js';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { runProgram } from '../support/package/run-program.js';
import { transpile } from '../support/package/transpile.js';

const BUILD_MS = 60_000;
const RUN_MS = 30_000;

/** `ts run` blocks of a page, each with the `text` block after it: what it prints. */
async function examplesOf(page: string) {
  const blocks = codeBlocks(await readPage(page));
  return blocks.flatMap(({ marks, code, line }, index) => {
    if (!marks.includes('run')) return [];
    const next = blocks[index + 1];
    return [{ page, line, code, output: next?.language === 'text' ? next.code : undefined }];
  });
}

describe('the documents', async () => {
  const found = (await Promise.all((await pages()).map(examplesOf))).flat();
  let copy: PackageCopy;

  beforeAll(async () => {
    copy = await copyPackage('lib');
  }, BUILD_MS);

  afterAll(() => copy.remove());

  it.each(['README.md', 'docs/guide/getting-started.md'])(
    'have an example in %s that a newcomer can run, of some thirty lines',
    (page) => {
      const first = found.find((example) => example.page === page);
      expect(first?.code.split('\n').length).toBeLessThan(42);
    },
  );

  it.each(found)(
    'print what they say: $page, line $line',
    async ({ page, line, code, output }) => {
      const file = join(copy.folder, `example-${basename(page, '.md')}-${line}.js`);
      await writeFile(file, transpile(code));
      const ended = await runProgram([file], { cwd: copy.folder, timeoutMs: RUN_MS });
      expect(ended).toEqual({ exitCode: 0, stdout: output, stderr: '' });
    },
    RUN_MS,
  );
});
