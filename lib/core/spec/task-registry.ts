/**
 * The types of tasks that are named by strings. Yours to fill:
 *
 *     declare module 'nestjs-tasqueue' {
 *       interface TaskRegistry {
 *         add: { payload: { a: number; b: number }; result: number };
 *       }
 *     }
 *
 * A registered name then takes its payload and nothing else. `payload` and `result` are `void` where
 * left out. Names that are not here take any payload and give an unknown result.
 */
export interface TaskRegistry {}

/** Any name; editors offer the registered ones. */
export type TaskName = keyof TaskRegistry | (string & Record<never, never>);

/** What the callers of a named task pass and its handler gets. */
export type RegisteredPayload<Name> = Name extends keyof TaskRegistry
  ? TaskRegistry[Name] extends { payload: infer Payload }
    ? Payload
    : void
  : // oxlint-disable-next-line no-explicit-any -- the public contract: an unregistered name takes any payload
    any;

/** What a named task gives. */
export type RegisteredResult<Name> = Name extends keyof TaskRegistry
  ? TaskRegistry[Name] extends { result: infer Result }
    ? Result
    : void
  : unknown;
