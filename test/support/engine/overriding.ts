/** The same store with some of its methods replaced; the rest goes to the original. */
export function overriding<Store extends object>(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, key): unknown {
      if (Object.hasOwn(methods, key)) return Reflect.get(methods, key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** What a broken connection looks like: a call that never answers. */
export const silence = (): Promise<never> => new Promise(() => {});
