import { Injectable } from '@nestjs/common';
import { CATALOGUE, SKUS, type Sku, type StockLine } from './catalogue.js';

/** An order asks for more than there is. */
export class SoldOutError extends Error {
  override readonly name = 'SoldOutError';
}

export interface StockLevel {
  readonly sku: Sku;
  readonly stocked: number;
  readonly left: number;
}

/** Kept in memory. Both changes may be asked for twice: a job may run again after a crash. */
@Injectable()
export class StockRepository {
  readonly #left = new Map<Sku, number>(SKUS.map((sku) => [sku, CATALOGUE[sku].stocked]));
  readonly #reservations = new Map<string, readonly StockLine[]>();

  /** Takes all lines out of stock, or none. A known order keeps the reservation that it has. */
  reserve(orderId: string, lines: readonly StockLine[]): void {
    if (this.#reservations.has(orderId)) return;
    const taken = this.#taken(lines);
    for (const [sku, quantity] of taken)
      if (this.left(sku) < quantity)
        throw new SoldOutError(`${sku}: ${quantity} asked for, ${this.left(sku)} left`);
    for (const [sku, quantity] of taken) this.#left.set(sku, this.left(sku) - quantity);
    this.#reservations.set(orderId, lines);
  }

  /** Puts back what the order had reserved; false if that was nothing. */
  release(orderId: string): boolean {
    const lines = this.#reservations.get(orderId) ?? [];
    for (const [sku, quantity] of this.#taken(lines))
      this.#left.set(sku, this.left(sku) + quantity);
    return this.#reservations.delete(orderId);
  }

  levels(): StockLevel[] {
    return SKUS.map((sku) => ({ sku, stocked: CATALOGUE[sku].stocked, left: this.left(sku) }));
  }

  left(sku: Sku): number {
    return this.#left.get(sku) ?? 0;
  }

  /** An article may stand in several lines of one order. */
  #taken(lines: readonly StockLine[]): Map<Sku, number> {
    const taken = new Map<Sku, number>();
    for (const { sku, quantity } of lines) taken.set(sku, (taken.get(sku) ?? 0) + quantity);
    return taken;
  }
}
