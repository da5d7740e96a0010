/** One request, and why to send it. */
export interface Try {
  readonly why: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

const ORDER = {
  id: 'first',
  customer: 'ada@example.com',
  card: 'tok_visa',
  region: 'north',
  lines: [{ sku: 'mug', quantity: 2 }],
};

/** Sent in this order, each of them works. */
export const THINGS_TO_TRY: readonly Try[] = [
  { why: 'Place an order; its chain has four steps', method: 'POST', path: '/orders', body: ORDER },
  { why: 'See how far it has come', method: 'GET', path: '/orders/first' },
  {
    why: 'Place one with a stolen card: refused, and its stock goes back',
    method: 'POST',
    path: '/orders',
    body: { ...ORDER, id: 'second', card: 'tok_stolen' },
  },
  { why: 'Where its chain ended', method: 'GET', path: '/chains/second' },
  { why: 'What failed for good', method: 'GET', path: '/admin/failed' },
  {
    why: 'Report the sales, one job per region',
    method: 'POST',
    path: '/reports/sales',
    body: { id: 'sales' },
  },
  { why: 'How its parts stand', method: 'GET', path: '/groups/sales' },
  { why: 'All queues', method: 'GET', path: '/admin/queues' },
  { why: 'What Prometheus reads', method: 'GET', path: '/metrics' },
  { why: 'Is all well?', method: 'GET', path: '/health' },
  {
    why: 'The nightly clean-up, and its next run',
    method: 'GET',
    path: '/jobs/maintenance.nightly',
  },
  {
    why: 'The report, as soon as the parts are added up',
    method: 'GET',
    path: '/results/sales-total',
  },
];

/** As one line for a shell. */
export function toCurl(url: string, { method, path, body }: Try): string {
  const words = ["curl -sw '\\n'", `${url}${path}`];
  if (method === 'POST') words.splice(1, 0, '-X POST');
  if (body !== undefined)
    words.push("-H 'content-type: application/json'", `-d '${JSON.stringify(body)}'`);
  return words.join(' ');
}
