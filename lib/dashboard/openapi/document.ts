import type { Route } from '../routes/route.js';

/** stub */
export function apiDocument(_routes: readonly Route[], version: string): unknown {
  return { openapi: '3.1.0', info: { title: 'x', version }, paths: {} };
}
