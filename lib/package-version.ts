import { readFileSync } from 'node:fs';
import { isFields } from './core/validation/shape.js';

/** From the sources, and from the build. */
const PLACES = ['../package.json', '../../package.json'];

/** Of this package, as its manifest says. */
export function packageVersion(): string {
  for (const place of PLACES) {
    const manifest = read(new URL(place, import.meta.url));
    if (isFields(manifest) && manifest['name'] === 'nestjs-tasqueue')
      return String(manifest['version']);
  }
  return 'unknown';
}

function read(file: URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
