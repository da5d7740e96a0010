import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ROOT } from '../../support/package/root.js';

const FOLDER = join(ROOT, 'test', 'compat', 'fixtures');

/** Set when the fixtures of the present version are to be written, instead of read. */
export const WRITES = process.env['WRITE_FIXTURES'] === '1';

/** Versions of the envelope of which there are fixtures. */
export async function versions(): Promise<readonly number[]> {
  return (await readdir(FOLDER)).map((name) => Number(name.slice(1))).sort((a, b) => a - b);
}

export async function readBodies(version: number): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(fixture(version, 'bodies.json'), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `writeBodies`
  return JSON.parse(text) as Record<string, string>;
}

export async function writeBodies(
  version: number,
  bodies: Readonly<Record<string, string>>,
): Promise<void> {
  await write(version, 'bodies.json', `${JSON.stringify(bodies, undefined, 2)}\n`);
}

/** The files that a server keeps, by their paths below its folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

export async function filesOf(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return files;
}

export async function putFiles(folder: string, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

export async function writeFiles(version: number, name: string, files: Files): Promise<void> {
  const texts = [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]);
  await write(version, `${name}.json.gz`, gzipSync(JSON.stringify(Object.fromEntries(texts))));
}

export async function readFiles(version: number, name: string): Promise<Files> {
  const packed = await readFile(fixture(version, `${name}.json.gz`));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `writeFiles`
  const texts = JSON.parse(gunzipSync(packed).toString()) as Record<string, string>;
  return new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text, 'base64')]));
}

async function write(version: number, name: string, content: string | Uint8Array): Promise<void> {
  const path = fixture(version, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function fixture(version: number, name: string): string {
  return join(FOLDER, `v${version}`, name);
}
