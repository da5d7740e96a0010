import { z } from 'zod';

export const SKUS = ['mug', 'shirt', 'poster', 'lamp'] as const;

export type Sku = (typeof SKUS)[number];

interface Article {
  readonly priceCents: number;
  /** How many there are when the shop opens. */
  readonly stocked: number;
}

export const CATALOGUE: Readonly<Record<Sku, Article>> = {
  mug: { priceCents: 1_250, stocked: 400 },
  shirt: { priceCents: 2_900, stocked: 250 },
  poster: { priceCents: 900, stocked: 300 },
  lamp: { priceCents: 6_400, stocked: 120 },
};

export const stockLine = z.object({
  sku: z.enum(SKUS),
  quantity: z.int().min(1).max(20),
});

/** So many of one article. */
export type StockLine = z.infer<typeof stockLine>;

export function totalCents(lines: readonly StockLine[]): number {
  return lines.reduce((sum, { sku, quantity }) => sum + CATALOGUE[sku].priceCents * quantity, 0);
}
