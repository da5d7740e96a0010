import { readFile } from 'node:fs/promises';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { run } from './run.js';

it('has nothing that publint would warn of', async () => {
  const bytes = await readFile(inject('tarball'));
  const { messages } = await publint({
    strict: true,
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
  });
  expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
});

it('holds the build, its sources and what a reader needs, and nothing else', async () => {
  const listing = await run('.', 'tar', ['-tf', inject('tarball')]);
  const top = listing.split('\n').map((path) => /^package\/(dist\/lib|[^/]+)/.exec(path)?.[1]);
  expect(new Set(top.filter((path) => path !== undefined))).toEqual(
    new Set(['dist/lib', 'lib', 'package.json', 'CHANGELOG.md', 'LICENSE', 'README.md']),
  );
});
