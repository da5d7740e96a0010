/** Where a worker ends itself as SIGKILL does: at the n-th call of one method of one store. */
export interface Doom {
  readonly store: 'broker' | 'results';
  readonly method: string;
  /** `during`: the call is sent, and its answer never heard. */
  readonly when: 'before' | 'during' | 'after';
  readonly call: number;
}

/** Ends whatever calls it; its promise never does. */
export type Death = () => Promise<never>;

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function';

/** The store, with death in one of its methods. */
export function doomed<Store extends object>(
  store: Store,
  { method, when, call }: Doom,
  die: Death = dieAtOnce,
): Store {
  let calls = 0;
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (!isFunction(value)) return value;
      const bound = (...args: unknown[]) => value.apply(target, args);
      if (name !== method) return bound;
      return async (...args: unknown[]) => {
        calls += 1;
        if (calls !== call) return bound(...args);
        if (when === 'before') return die();
        const reply = bound(...args);
        // Sent as the turn ends, which is before this.
        if (when === 'during') setImmediate(() => void die());
        const answer = await reply;
        return when === 'after' ? die() : answer;
      };
    },
  });
}

/** Nothing of this process runs any more once it has told itself. */
export function dieAtOnce(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}
