import type { DecoratedParams, EnhancerTarget, NestEnhancers } from './nest-enhancers.js';

/** Nest's number for the kind of argument that `@Payload()` is. */
const BODY = 3;

/** `(payload, ctx)`: the payload goes through the pipes even though nothing says `@Payload()`. */
const PAYLOAD_FIRST: DecoratedParams = { [`${BODY}:0`]: { index: 0, data: undefined, pipes: [] } };

/** Picks what the parameter decorators ask for and sends it through the pipes. */
export type PickArguments = (
  args: readonly [payload: unknown, ctx: object],
) => Promise<readonly unknown[]>;

/** How the parameters of this method are filled; undefined where they are just `(payload, ctx)`. */
export function jobParams(
  enhancers: NestEnhancers,
  target: EnhancerTarget,
): PickArguments | undefined {
  const decorated = enhancers.params(target);
  if (Object.keys(decorated).length > 0) return enhancers.argumentsOf(target, decorated, pick);
  if (enhancers.pipes(target).length === 0) return undefined;
  const payloadOf = enhancers.argumentsOf(target, PAYLOAD_FIRST, pick);
  return async (args) => [...(await payloadOf(args)), args[1]];
}

/** Route decorators other than `@Body()` ask for what a job does not have. */
function pick(kind: number, property: unknown, [payload]: readonly unknown[]): unknown {
  if (kind !== BODY) return undefined;
  if (typeof property !== 'string') return payload;
  return isFields(payload) ? payload[property] : undefined;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
