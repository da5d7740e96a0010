import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as common from '@nestjs/common';
import * as testing from '@nestjs/testing';
import * as vitest from 'vitest';
import * as tasqueue from '../../lib/index.js';
import * as tasqueueTesting from '../../lib/testing/index.js';
import { codeBlocks } from '../support/docs/code-blocks.js';
import { readPage, ROOT } from '../support/docs/page-check.js';
import { snippetsOf } from '../support/docs/snippets.js';
import { testedApp } from '../testing/support/tested-app.js';

const { describe, expect, it } = vitest;

const LIBRARIES = Object.entries({
  'nestjs-tasqueue': tasqueue,
  'nestjs-tasqueue/testing': tasqueueTesting,
  '@nestjs/common': common,
  '@nestjs/testing': testing,
  vitest,
}).map(([specifier, library]) => ({ specifier, names: new Set(Object.keys(library)) }));

/** Inside the repository, so that the packages are found, and where nobody looks for tests. */
const FOLDER = join(ROOT, '.test-results', 'docs-testing');

describe('docs/guide/testing.md', async () => {
  const page = await readPage('docs/guide/testing.md');
  const snippets = snippetsOf('testing.md', page, LIBRARIES);
  await mkdir(FOLDER, { recursive: true });
  for (const { file, code } of snippets) await writeFile(join(FOLDER, file), code);

  // Its tests are tests: importing them is what declares them.
  for (const { file } of snippets) await import(join(FOLDER, file));

  it('shows what expectEnqueued really says', async () => {
    const shown = codeBlocks(page)
      .find(({ language }) => language === 'text')
      ?.code.trimEnd();
    const { client, tester } = await testedApp({ mode: 'manual', unknownTasks: 'allow' }, []);
    const id = /job '(?<id>[^']+)'/.exec(shown ?? '')?.groups?.['id'];
    await client.enqueue('receipts.send', { orderId: 'o-1', to: 'ada@example.com' }, { id });

    expect(() => tester.expectEnqueued('receipts.send', { to: 'bob@example.com' })).toThrow(
      expect.objectContaining({ message: shown }),
    );
  });

  it('has tests of a controller, a task and an application', () => {
    const tests = snippets.filter(({ code }) => /^it\(/m.test(code));

    expect(tests.length).toBeGreaterThanOrEqual(3);
  });
});
