/**
 * Turns payloads and results into bytes and back. What does not survive must be refused with an
 * EncodingError (any other error is wrapped in one). Never called with `undefined` or bytes: those
 * travel as they are.
 */
export interface Codec {
  /** `what` says what the value is, for messages: `payload`, `result`, `progress`. */
  encode(value: unknown, what?: string): Uint8Array;
  /**
   * For a codec that writes text: the same as `encode`, before it becomes UTF-8. Called in its place where
   * it is there, and spares a copy.
   */
  encodeText?(value: unknown, what?: string): string;
  decode(bytes: Uint8Array): unknown;
}
