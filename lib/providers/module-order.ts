import type { InjectionToken } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/**
 * Where modules stand in the order of lifecycle hooks. Nest starts those of greater distance from the
 * root first (global ones first of all), and stops them in reverse.
 */
const DISTANCE = {
  'first-to-start': Number.POSITIVE_INFINITY,
  'first-to-stop': -1,
} as const;

/**
 * Gives the modules that hold `token` their place. To be called while providers are created: distances
 * have been measured by then, and hooks have not been called. Not public API of Nest.
 */
export function placeModules(
  modules: ModulesContainer,
  token: InjectionToken,
  place: keyof typeof DISTANCE,
): void {
  for (const module of modules.values())
    if (module.providers.has(token)) module.distance = DISTANCE[place];
}
