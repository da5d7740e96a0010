import { Injectable } from '@nestjs/common';
import type { Region } from '../orders/region.js';
import type { Invoice } from './invoices.definitions.js';

/** Kept in memory, one invoice per order. */
@Injectable()
export class InvoicesRepository {
  readonly #invoices = new Map<string, Invoice>();

  /** An order that has its invoice keeps it, number and all. */
  add(draft: Omit<Invoice, 'number'>): Invoice {
    const known = this.#invoices.get(draft.orderId);
    if (known !== undefined) return known;
    const invoice = { ...draft, number: this.#invoices.size + 1 };
    this.#invoices.set(invoice.orderId, invoice);
    return invoice;
  }

  ofRegion(region: Region): Invoice[] {
    return [...this.#invoices.values()].filter((invoice) => invoice.region === region);
  }
}
