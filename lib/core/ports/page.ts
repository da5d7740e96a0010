/** Where to go on in a list, and how far. */
export interface PageRequest {
  /** `next` of the page before; opaque. Without it: from the start. */
  readonly cursor?: string | undefined;
  /** Items at most. */
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly next?: string | undefined;
}
