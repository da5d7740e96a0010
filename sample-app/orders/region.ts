import { z } from 'zod';

export const REGIONS = ['north', 'east', 'south', 'west'] as const;

export const region = z.enum(REGIONS);

export type Region = z.infer<typeof region>;
