import { group, job, type TasqueueClient } from 'nestjs-tasqueue';
import { SendConfirmation } from '../../../../sample-app/mail/mail.definitions.js';
import { SumRegion } from '../../../../sample-app/reports/reports.definitions.js';
import type { Shop } from './shop.js';

interface SomeOrder {
  readonly id: string;
  readonly card?: string;
}

/** Orders as the shop's customers send them. */
export async function placeOrder(
  shop: Shop,
  { id, card = 'tok_steady' }: SomeOrder,
): Promise<void> {
  const response = await fetch(`${shop.url}orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      customer: 'ada@example.com',
      card,
      region: 'north',
      lines: [{ sku: 'mug', quantity: 1 }],
    }),
  });
  if (!response.ok) throw new Error(`the shop took no order: ${response.status}`);
}

/** A confirmation without the invoice of the step before: its handler fails, as a defect would make it. */
export const doomedMail = (orderId: string) =>
  job(
    SendConfirmation,
    { orderId, to: 'ada@example.com' },
    { id: `confirm-${orderId}`, maxRetries: 0, headers: { tenant: 'acme' } },
  );

export async function sendDoomedMails(client: TasqueueClient, orderIds: readonly string[]) {
  await client.enqueueMany(orderIds.map(doomedMail));
}

/** A group of which one member fails. */
export async function enqueueMixedGroup(client: TasqueueClient, id: string): Promise<void> {
  const sums = (['north', 'east', 'south'] as const).map((region) => job(SumRegion, { region }));
  await client.enqueueGroup(group([...sums, doomedMail(`${id}-mail`)], { id }));
}
