/**
 * Turns payloads and results into bytes and back. What does not survive must be refused with an
 * EncodingError. Never called with `undefined` or bytes: those travel as they are.
 */
export interface Codec {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}
