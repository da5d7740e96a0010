import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that this file belongs to, wherever it was compiled to. */
export const ROOT = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('this file belongs to no package');
  return rootAbove(parent);
}
