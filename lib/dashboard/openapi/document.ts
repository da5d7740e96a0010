import { readFileSync } from 'node:fs';
import type { Route } from '../routes/route.js';

/** Made from the types of the contract; a test sees that it is as they are. */
const SCHEMAS = new URL('./schemas.json', import.meta.url);

/** What the whole API takes and gives, for tools that read OpenAPI. */
export function apiDocument(routes: readonly Route[], version: string): unknown {
  const schemas: unknown = JSON.parse(readFileSync(SCHEMAS, 'utf8'));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tasqueue dashboard',
      version,
      description:
        'Calls that change something need `content-type: application/json` and `x-tasqueue-dashboard: 1`. ' +
        'Addresses are relative to the one of this document.',
    },
    servers: [{ url: '.' }],
    paths: pathsOf(routes),
    components: { schemas },
  };
}

type Operations = Record<string, unknown>;

function pathsOf(routes: readonly Route[]): Record<string, Operations> {
  const paths: Record<string, Operations> = {};
  for (const route of routes) {
    const path = `/${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  paths['/live'] = { get: LIVE };
  return paths;
}

function operationOf({ method, path, summary, reply, body, query }: Route): unknown {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(query).map(([name, { about, schema }]) => ({
    name,
    in: 'query',
    description: about,
    schema,
  }));
  const own = method === 'GET' ? [] : [OWN_HEADER];
  return {
    summary,
    parameters: [...named, ...asked, ...own],
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: 'Done.', content: json(reply) },
      default: { description: 'Refused.', content: json('Refusal') },
    },
  };
}

const OWN_HEADER = {
  name: 'x-tasqueue-dashboard',
  in: 'header',
  required: true,
  description: 'Protects against requests that another site makes a browser send.',
  schema: { type: 'string', const: '1' },
};

const LIVE = {
  summary: 'Server-sent events: `pulse` whenever something changed, at most one a second.',
  responses: {
    200: {
      description: 'A stream.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    default: { description: 'Refused.', content: json('Refusal') },
  },
};

function json(name: string): unknown {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
