import type { Declaration } from '../decorators/task-metadata.accessor.js';
import type { DecoratedMethod } from './decorated-methods.js';
import type { HandlerHost } from './handler-host.js';

/** One decorator of ours on one method of one host. */
export interface Declared<Of extends Declaration = Declaration> {
  readonly declaration: Of;
  readonly host: HandlerHost;
  readonly method: DecoratedMethod;
  /** `Class.method`, for messages; with its place in the app where that leaves a doubt. */
  readonly owner: string;
}

type OfKind<Kind extends Declaration['kind']> = Extract<Declaration, { kind: Kind }>;

/** All declarations of one kind, in the order of modules, providers and methods. */
export function declared<Kind extends Declaration['kind']>(
  hosts: readonly HandlerHost[],
  kind: Kind,
): Declared<OfKind<Kind>>[] {
  const isMeant = (declaration: Declaration): declaration is OfKind<Kind> =>
    declaration.kind === kind;
  return hosts.flatMap((host) => {
    const place = placeOf(host, hosts);
    return host.methods.flatMap((method) =>
      method.declarations.filter(isMeant).map((declaration) => ({
        declaration,
        host,
        method,
        owner: `${host.type.name || '(anonymous)'}.${method.name}${place}`,
      })),
    );
  });
}

/** Which of several of one class it is. */
function placeOf({ type, module, wrapper }: HandlerHost, hosts: readonly HandlerHost[]): string {
  const twins = hosts.filter((host) => host.type.name === type.name);
  if (twins.length < 2) return '';
  const token = typeof wrapper.token === 'function' ? '' : `'${String(wrapper.token)}' `;
  return ` (${token}of ${module.name})`;
}
