/** Thrown by a fate, in whatever way the store's port says it. */
export const CONNECTION_BROKEN = new Error('the connection broke');

/** What becomes of a call instead of simply passing. `call` makes it; `args` are what it was made with. */
export type Fate<Args extends readonly unknown[] = readonly []> = (
  call: () => Promise<unknown>,
  ...args: Args
) => Promise<unknown>;

/** A fate for whatever is called. */
export type StandingFate = (call: () => Promise<unknown>, method: string) => Promise<unknown>;

/** The methods of a store that can be made to fail. */
export type CallOf<Store> = {
  [Name in keyof Store]: Store[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Store];

/** The parameters of one of them. */
type ArgsOf<Store, Name extends keyof Store> = Store[Name] extends (...args: infer Args) => unknown
  ? Args
  : never;

interface Planned {
  readonly method: PropertyKey;
  readonly fate: Fate<readonly unknown[]>;
  readonly matches: (args: readonly unknown[]) => boolean;
}

/** Setting up and taking down is this process's own affair: it works on a dead line too. */
const LOCAL: ReadonlySet<PropertyKey> = new Set(['connect', 'close', 'listen', 'watch']);

/**
 * The wire between one process and one store. Calls pass until the line is cut: from then on neither
 * calls nor answers arrive, until it is joined again; what was held up then arrives late. A planned
 * fate befalls the next call that matches.
 */
export class Line<Store extends object> {
  readonly #planned: Planned[] = [];
  readonly #failure: () => Error;
  #standing: StandingFate | undefined;
  #open: Promise<void> | undefined;
  #join = (): void => {};

  /**
   * `Unavailable`: what its store's port has for a failing connection. `calls`: gets the names of those
   * that pass, in order.
   */
  constructor(
    Unavailable: new (message: string) => Error,
    readonly calls: string[] = [],
  ) {
    this.#failure = () => new Unavailable('the connection broke (a test)');
  }

  get isCut(): boolean {
    return this.#open !== undefined;
  }

  cut(): void {
    if (this.#open) return;
    this.#open = new Promise((resolve) => {
      this.#join = resolve;
    });
  }

  join(): void {
    this.#open = undefined;
    this.#join();
  }

  /** The next call of `method` whose arguments match suffers `fate`; one call per plan, in order. */
  next<Name extends CallOf<Store>>(
    method: Name,
    fate: Fate | Fate<ArgsOf<Store, Name>>,
    matches: (...args: ArgsOf<Store, Name>) => boolean = () => true,
  ): void {
    this.#planned.push({
      method,
      fate: async (call, ...args) => {
        const answer: unknown = await Reflect.apply(fate, undefined, [call, ...args]);
        return answer;
      },
      matches: (args) => Boolean(Reflect.apply(matches, undefined, args)),
    });
  }

  /** From now on every call that has no fate of its own suffers this one. */
  standing(fate: StandingFate): void {
    this.#standing = fate;
  }

  /** The store, as it is seen through this line. `own` replaces some of its members. */
  to(store: Store, own: Partial<Store> = {}): Store {
    return new Proxy(store, {
      get: (target, name) => {
        const from = name in own ? own : target;
        const member: unknown = Reflect.get(from, name, from);
        if (typeof member !== 'function') return member;
        const call = (args: readonly unknown[]): unknown => Reflect.apply(member, from, args);
        if (LOCAL.has(name)) return (...args: unknown[]) => call(args);
        return (...args: unknown[]) => this.#pass(name, args, async () => call(args));
      },
    });
  }

  async #pass(
    method: PropertyKey,
    args: readonly unknown[],
    call: () => Promise<unknown>,
  ): Promise<unknown> {
    await this.#open;
    this.calls.push(String(method));
    const fate = this.#take(method, args);
    try {
      if (fate) return await fate(call, ...args);
      return await (this.#standing ? this.#standing(call, String(method)) : call());
    } catch (error) {
      throw error === CONNECTION_BROKEN ? this.#failure() : error;
    } finally {
      // Neither an answer nor an error comes through while the line is cut.
      await this.#open;
    }
  }

  #take(method: PropertyKey, args: readonly unknown[]): Planned['fate'] | undefined {
    const index = this.#planned.findIndex(
      (planned) => planned.method === method && planned.matches(args),
    );
    return index === -1 ? undefined : this.#planned.splice(index, 1)[0]?.fate;
  }
}
