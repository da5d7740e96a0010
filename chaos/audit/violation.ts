/** A promise that was not kept, and to whom. */
export interface Violation {
  /** The kind, as the table counts them. */
  readonly kind: 'lost' | 'doubled' | 'wrong';
  readonly id: string;
  readonly what: string;
}

export const lost = (id: string, what: string): Violation => ({ kind: 'lost', id, what });
export const doubled = (id: string, what: string): Violation => ({ kind: 'doubled', id, what });
export const wrong = (id: string, what: string): Violation => ({ kind: 'wrong', id, what });
