import type { Type } from '@nestjs/common';
import { type HandlerHost, moduleRefOf } from './handler-host.js';
import type { DecoratedParam } from './nest-enhancers.js';
import { ENHANCERS_METADATA, ROUTE_ARGS_METADATA } from './nest-internals.js';

type EnhancerKind = (typeof ENHANCERS_METADATA)[number][1];

/**
 * Creates the guards, interceptors, pipes and filters that are named by class where Nest does not: it
 * looks for them on the classes that it creates itself (older versions: under their own token only),
 * and would leave out those of a `useValue` or `useFactory` without a word.
 */
export async function loadEnhancers(host: HandlerHost): Promise<void> {
  for (const [type, kind] of enhancersOf(host)) {
    if (host.module.injectables.has(type)) continue;
    const useValue: unknown = await moduleRefOf(host).create(type);
    host.module.addInjectable({ provide: type, useValue }, kind);
  }
}

function enhancersOf({ type, methods }: HandlerHost): (readonly [Type, EnhancerKind])[] {
  const targets = [type, ...methods.map(({ method }) => method)];
  const bound = ENHANCERS_METADATA.flatMap(([key, kind]) =>
    targets
      .flatMap((target) => classesIn(Reflect.getMetadata(key, target)))
      .map((enhancer) => [enhancer, kind] as const),
  );
  const pipes = methods.flatMap(({ name }) => {
    const params: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, name);
    return Object.values(params ?? {}).flatMap((param: DecoratedParam) => classesIn(param.pipes));
  });
  return [...bound, ...pipes.map((pipe) => [pipe, 'pipe'] as const)];
}

function classesIn(enhancers: unknown): Type[] {
  return Array.isArray(enhancers)
    ? enhancers.filter((enhancer): enhancer is Type => typeof enhancer === 'function')
    : [];
}
