import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { luck } from './luck.js';

/** The bank says no for now: worth another try. */
export class CardDeclinedError extends Error {
  override readonly name = 'CardDeclinedError';
}

/** The bank says no for good. */
export class CardRefusedError extends Error {
  override readonly name = 'CardRefusedError';
}

export interface ChargeRequest {
  /** The bank charges once per key, however often it is asked. */
  readonly idempotencyKey: string;
  readonly customer: string;
  /** `tok_stolen` is refused for good, `tok_steady` never declined, any other declined now and then. */
  readonly card: string;
  readonly amountCents: number;
}

export interface Receipt {
  readonly receiptId: string;
  readonly amountCents: number;
}

const ANSWER_MS = 120;
const DECLINED_SHARE = 0.3;

/** Stands for the bank: slow, moody, and moody in the same way each time it is started. */
@Injectable()
export class CardGateway {
  readonly #receipts = new Map<string, Receipt>();
  readonly #asked = new Map<string, number>();

  async charge(request: ChargeRequest, signal: AbortSignal): Promise<Receipt> {
    const { idempotencyKey, amountCents } = request;
    await pause(ANSWER_MS, undefined, { signal });
    const known = this.#receipts.get(idempotencyKey);
    if (known !== undefined) return known;
    this.#decide(request);
    const receipt = { receiptId: `receipt-${this.#receipts.size + 1}`, amountCents };
    this.#receipts.set(idempotencyKey, receipt);
    return receipt;
  }

  #decide({ idempotencyKey, customer, card }: ChargeRequest): void {
    const asked = (this.#asked.get(idempotencyKey) ?? 0) + 1;
    this.#asked.set(idempotencyKey, asked);
    if (card === 'tok_stolen') throw new CardRefusedError('card refused: reported stolen');
    if (card !== 'tok_steady' && luck(`${customer}#${asked}`) < DECLINED_SHARE)
      throw new CardDeclinedError('card declined: try again later');
  }
}
