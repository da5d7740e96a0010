type Leaf = Date | RegExp | Uint8Array | ((...args: never[]) => unknown);

/** A part of a payload: objects may leave out keys, at any depth; arrays have as many items. */
export type PartialPayload<Payload> = Payload extends Leaf
  ? Payload
  : Payload extends object
    ? { readonly [Key in keyof Payload]?: PartialPayload<Payload[Key]> | undefined }
    : Payload;
