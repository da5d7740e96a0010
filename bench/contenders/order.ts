/** What every job carries: about 120 bytes as JSON. */
export interface Order {
  readonly orderId: string;
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly note: string;
}

export type Handler = (order: Order) => Promise<number>;

const NOTE = 'leave it next door';

/** Each call makes a new object, as a caller would. */
export function orderOf(index: number, note = NOTE): Order {
  const number = String(index).padStart(8, '0');
  return {
    orderId: `order-${number}`,
    customer: `${number}@example.com`,
    sku: 'lamp-brass',
    quantity: (index % 9) + 1,
    note,
  };
}

export function ordersOf(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => orderOf(index));
}

/** The handler that all contenders call: it does nothing, and answers. */
export async function handle({ quantity }: Order): Promise<number> {
  return quantity;
}
