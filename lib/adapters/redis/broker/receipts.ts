/** A claim by its number, which all share that were claimed at once, and its message. */
export interface ClaimName {
  /** Digits and a colon: as what the server holds begins, and the receipt. */
  readonly number: string;
  readonly id: string;
}

const RECEIPT = /^(\d+:)(.*)$/s;

export function writeReceipt({ number, id }: ClaimName): string {
  return number + id;
}

/** Undefined for what no claim was ever named by. */
export function readReceipt(receipt: string): ClaimName | undefined {
  const [, number, id] = RECEIPT.exec(receipt) ?? [];
  return number === undefined || id === undefined ? undefined : { number, id };
}
