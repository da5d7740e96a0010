import type { Rights } from '../access/rights.js';
import type { AuditFilter } from '../access/audit-event.js';
import type { Action } from '../contract/index.js';
import { type Check, refuse } from '../../core/validation/check.js';
import { shape } from '../../core/validation/shape.js';
import type { Parameter, Parameters } from './parameters.js';
import type { Bodies, Replies } from './replies.js';

export type Method = 'GET' | 'POST' | 'DELETE';

/** One call, its parameters read and its body checked. */
export interface Call<Query = unknown, Body = unknown> {
  readonly rights: Rights;
  /** What the path names: `id`, `queue`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

/** What the audit is told of a call, beside who and when. */
export interface Deed {
  readonly action: Action;
  readonly target?: string | undefined;
  readonly filter?: AuditFilter | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** A call of the API, as the router, the document and the audit see it. */
export interface Route {
  readonly method: Method;
  /** Below `api/`: `jobs/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Names of the contract. */
  readonly reply: keyof Replies;
  readonly body?: keyof Bodies | undefined;
  readonly query: Readonly<Record<string, Parameter<unknown>>>;
  /** What it does; absent where it only looks. */
  readonly deed?: ((call: Call) => Deed) | undefined;
  readonly readQuery: (given: URLSearchParams) => unknown;
  /** Throws InvalidOptionsError. */
  readonly checkBody: (given: unknown) => void;
  readonly answer: (call: Call) => Promise<unknown>;
}

interface Terms<Reply extends keyof Replies, Query, Body extends keyof Bodies> {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly reply: Reply;
  readonly query?: Parameters<Query> | undefined;
  readonly body?: { readonly type: Body; readonly check: Check } | undefined;
  /** The action, or what makes a deed of the call; the target is what the path names, unless it says so. */
  readonly does?: Action | ((call: Call<Query, Bodies[Body]>) => Deed) | undefined;
  readonly answer: (call: Call<Query, Bodies[Body]>) => Promise<Replies[Reply]>;
}

/** Describes a call. What its handler gets has been checked to be of its types. */
export function route<Reply extends keyof Replies, Query, Body extends keyof Bodies>(
  terms: Terms<Reply, Query, Body>,
): Route {
  const { method, path, summary, reply, body, does, answer } = terms;
  const subject = `${method} ${path}`;
  const query: Readonly<Record<string, Parameter<unknown>>> = terms.query ?? {};
  const checkQuery = shape(
    Object.fromEntries(Object.entries(query).map(([key, { check }]) => [key, check])),
  );
  // oxlint-disable-next-line no-unsafe-type-assertion -- the router checks query and body before
  const typed = (call: Call) => call as Call<Query, Bodies[Body]>;
  return {
    method,
    path,
    summary,
    reply,
    body: body?.type,
    query,
    deed: does === undefined ? undefined : (call) => deedOf(does, typed(call)),
    readQuery: (given) => {
      const texts = Object.fromEntries([...given].filter(([, value]) => value !== ''));
      refuse(subject, checkQuery(texts, ''));
      const read: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(texts)) read[key] = query[key]?.read(value);
      return read;
    },
    checkBody: (given) => refuse(subject, body?.check(given, 'body') ?? []),
    answer: (call) => answer(typed(call)),
  };
}

function deedOf<Query, Body>(
  does: Action | ((call: Call<Query, Body>) => Deed),
  call: Call<Query, Body>,
): Deed {
  if (typeof does === 'function') return does(call);
  const [target] = Object.values(call.params);
  return { action: does, target };
}
