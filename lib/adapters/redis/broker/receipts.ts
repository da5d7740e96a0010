/** A claim by its number and its message. The number alone is unique; the id tells where to look. */
export interface ClaimName {
  /** Digits. */
  readonly number: string;
  readonly id: string;
}

const RECEIPT = /^(\d+):(.*)$/s;

export function writeReceipt(number: number, id: string): string {
  return `${number}:${id}`;
}

/** Undefined for what no claim was ever named by. */
export function readReceipt(receipt: string): ClaimName | undefined {
  const [, number, id] = RECEIPT.exec(receipt) ?? [];
  return number === undefined || id === undefined ? undefined : { number, id };
}
