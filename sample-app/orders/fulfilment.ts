import { chain, job } from 'nestjs-tasqueue';
import { MakeInvoice } from '../invoices/invoices.definitions.js';
import { SendConfirmation } from '../mail/mail.definitions.js';
import { ChargeCard } from '../payments/payments.definitions.js';
import { ReleaseStock, ReserveStock } from '../stock/stock.definitions.js';
import type { Order } from './order.js';
import { CloseOrder } from './orders.definitions.js';

/** The way of an order through the shop. Each step takes up the result of the one before. */
export function fulfilment({ id: orderId, customer, card, region, lines }: Order) {
  return chain(
    [
      job(ReserveStock, { orderId, lines }),
      job(ChargeCard, { orderId, customer, card }),
      job(MakeInvoice, { orderId, region }),
      job(
        SendConfirmation,
        { orderId, to: customer },
        { onSuccess: [job(CloseOrder, { orderId, status: 'shipped' })] },
      ),
    ],
    { id: orderId, onError: undoing(orderId, 'refused') },
  );
}

/** What puts the shop in order again when an order comes to nothing. */
export function undoing(orderId: string, status: 'refused' | 'cancelled') {
  return [job(ReleaseStock, { orderId }), job(CloseOrder, { orderId, status })];
}
