/** What the types would refuse, for tests of what callers without types do. */
export function wrong(value: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where tests lie
  return value as never;
}
