import type { INestApplication, LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { TasqueueOptions } from 'nestjs-tasqueue';
import { AppModule } from './app.module.js';

export interface ShopOptions {
  /** Default: all in memory. */
  readonly stores?: Pick<TasqueueOptions, 'broker' | 'results'> | undefined;
  /** What Nest and the shop may log. Default: nothing. */
  readonly logLevels?: LogLevel[] | undefined;
}

/** The shop, not listening yet. A boot that fails rejects instead of ending the process. */
export function createShop({ stores, logLevels }: ShopOptions = {}): Promise<INestApplication> {
  return NestFactory.create(AppModule.on(stores), {
    logger: logLevels ?? false,
    abortOnError: false,
  });
}
