import { STORE_KINDS, type StoreKind, type Stores } from './stores.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** The server whose address is in the environment; memory without one. Throws if there are two. */
export async function storesFrom(variables: Variables): Promise<Stores> {
  const named = Object.values<StoreKind>(STORE_KINDS).flatMap((kind) => {
    const url = kind.variable === undefined ? undefined : variables[kind.variable];
    return url === undefined || url === '' ? [] : [{ kind, url }];
  });
  if (named.length > 1)
    throw new RangeError(
      `set one of ${named.map(({ kind }) => kind.variable).join(' and ')}, not both`,
    );
  const [{ kind, url } = { kind: STORE_KINDS.memory, url: '' }] = named;
  return kind.open(url);
}
