import { Buffer } from 'node:buffer';

export function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Only for what this store wrote itself, in the same form. */
export function decodeOwnJson<Form>(payload: Uint8Array): Form {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(bytes.toString()) as Form;
}
