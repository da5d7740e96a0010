import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { NotFoundException } from '@nestjs/common';
import type { Response } from './respond.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const OTHER_TYPE = 'application/octet-stream';

const INDEX = 'index.html';
/** Names below it hold a hash of their content. */
const HASHED = 'assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
/** Types that are small already. */
const COMPACT = /^(image\/png|font\/)/;

const compressed = promisify(gzip);

export interface PageRequest {
  /** Below the mount. */
  readonly path: string;
  /** Leads to the mount. */
  readonly base: string;
  readonly acceptsGzip: boolean;
}

/** The built pages, held in memory: what is not among them cannot be asked for. */
export class Pages {
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #compressed = new Map<string, Promise<Buffer>>();

  constructor(folder: string) {
    this.#files = filesOf(folder);
  }

  /** A file, or for every other path the page, which knows its own paths. Rejects with NotFoundException. */
  async get({ path, base, acceptsGzip }: PageRequest): Promise<Response> {
    const file = this.#files.get(path);
    if (file === undefined || path === INDEX) return this.#index(path, base);
    const type = TYPES[extname(path)] ?? OTHER_TYPE;
    const headers = {
      'content-type': type,
      'cache-control': path.startsWith(HASHED) ? FOR_EVER : ASK_AGAIN,
      vary: 'accept-encoding',
    };
    if (!acceptsGzip || COMPACT.test(type)) return { headers, body: file };
    const body = await this.#gzip(path, file);
    return { headers: { ...headers, 'content-encoding': 'gzip' }, body };
  }

  #index(path: string, base: string): Response {
    const index = this.#files.get(INDEX);
    if (index === undefined)
      throw new NotFoundException(
        'the pages of the dashboard have not been built: npm run build:dashboard',
      );
    // A page in place of a script would fail in the browser without a word.
    if (path.startsWith(HASHED)) throw new NotFoundException(`the dashboard has no '${path}'`);
    return {
      headers: { 'content-type': TYPES['.html'] ?? OTHER_TYPE, 'cache-control': ASK_AGAIN },
      body: index.toString().replace('<head>', () => `<head><base href="${attribute(base)}" />`),
    };
  }

  #gzip(path: string, file: Buffer): Promise<Buffer> {
    const made = this.#compressed.get(path) ?? compressed(file);
    this.#compressed.set(path, made);
    return made;
  }
}

function filesOf(folder: string): Map<string, Buffer> {
  return new Map(
    entriesOf(folder).map((file) => [
      relative(folder, file).split(sep).join('/'),
      readFileSync(file),
    ]),
  );
}

/** None where the pages have not been built: the API works all the same. */
function entriesOf(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
