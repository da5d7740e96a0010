/** Where something stands in an order: by instant, and within one instant by a number that only grows. */
export interface Position {
  /** Epoch ms. */
  readonly at: number;
  readonly order: number;
}

export const byPosition = (a: Position, b: Position): number => a.at - b.at || a.order - b.order;
