import { STORE_KINDS, type StoreKind, type StoreKindName, type Stores } from '../stores/stores.js';

export interface DemoStores {
  readonly stores: Stores;
  /** Leaves nothing of this demo behind. */
  clear(): Promise<void>;
}

/** Stores of that kind for one demo alone: what earlier ones left on the server is not seen. */
export async function openDemoStores(
  name: StoreKindName,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<DemoStores> {
  const kind: StoreKind = STORE_KINDS[name];
  const named = kind.variable === undefined ? undefined : variables[kind.variable];
  const url = named ?? kind.defaultUrl ?? '';
  const prefix = `tasqueue-demo-${Date.now().toString(36)}-${process.pid}`;
  return { stores: await kind.open(url, prefix), clear: () => kind.clear(url, prefix) };
}
