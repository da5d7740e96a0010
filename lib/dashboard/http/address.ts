import { BadRequestException } from '@nestjs/common';
import type { ServerRequest } from './server-request.js';

/** What a request asks for, below the path at which the dashboard is mounted. */
export interface Address {
  /** Decoded: a slash within an id does not split it. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Leads from this address, as the browser knows it, to the mount: `./`, `../../`. */
  readonly base: string;
}

/**
 * Reads it from the address as it was sent. The route that matched tells how many segments lie above the
 * dashboard, whatever the global prefix is. `base` is relative, and so stays right behind a proxy that
 * strips or adds a prefix.
 */
export function addressOf(request: ServerRequest): Address {
  const sent = request.originalUrl ?? request.url;
  const mark = sent.indexOf('?');
  const [path, query] = mark === -1 ? [sent, ''] : [sent.slice(0, mark), sent.slice(mark + 1)];
  const parts = partsOf(path.slice(request.baseUrl?.length ?? 0));
  const depth = partsOf(routeOf(request)).filter((part) => !part.includes('*')).length;
  const below = parts.slice(depth);
  const up = below.length - (path.endsWith('/') ? 0 : 1);
  const last = parts.at(-1) ?? '';
  return {
    segments: below.map(decoded),
    query: new URLSearchParams(query),
    base: up < 0 ? `./${last}/` : up === 0 ? './' : '../'.repeat(up),
  };
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function routeOf({ route, routeOptions }: ServerRequest): string {
  const pattern = route?.path ?? routeOptions?.url;
  return typeof pattern === 'string' ? pattern : '';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new BadRequestException(`the address holds '${part}', which is no percent-encoded text`);
  }
}
