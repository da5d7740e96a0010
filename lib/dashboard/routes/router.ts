import { MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import type { Route } from './route.js';

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a call. Done here, as servers differ in what they take for an id in a path. */
export class Router {
  readonly #routes: readonly { readonly route: Route; readonly pattern: readonly string[] }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, pattern: route.path.split('/') }));
  }

  /** Throws NotFoundException or MethodNotAllowedException. */
  match(method: string, segments: readonly string[]): Match {
    const found = this.#routes.flatMap(({ route, pattern }) => {
      const params = paramsOf(pattern, segments);
      return params ? [{ route, params }] : [];
    });
    if (found.length === 0)
      throw new NotFoundException(
        `the API has no '${segments.join('/')}': openapi.json lists what it has`,
      );
    const wanted = method === 'HEAD' ? 'GET' : method;
    const match = found.find(({ route }) => route.method === wanted);
    if (match) return match;
    const methods = found.map(({ route }) => route.method).join(', ');
    throw new MethodNotAllowedException(`'${segments.join('/')}' takes ${methods}, not ${method}`);
  }
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
