import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import type { Log, LogFields } from '../core/log.js';

/** What core has to tell, told through Nest's `Logger`. Errors lose their stack below the level `error`. */
export class NestLog implements Log {
  readonly #logger: Logger;

  constructor(context = 'Tasqueue') {
    this.#logger = new Logger(context);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#logger.log(new LogLine(message, fields));
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#logger.warn(new LogLine(message, fields));
  }

  error(message: string, fields: LogFields = {}): void {
    const stack = Object.values(fields).find((value) => value instanceof Error)?.stack;
    this.#logger.error(new LogLine(message, stack === undefined ? fields : { ...fields, stack }));
  }
}

/**
 * A message with its fields. Loggers that write JSON find the fields as properties; those that write
 * text get one readable line, with the stack below it.
 */
class LogLine {
  readonly #text: string;

  constructor(
    readonly message: string,
    { stack, ...fields }: LogFields,
  ) {
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    const plainFields = known.map(([key, value]) => [key, plain(value)] as const);
    const pairs = plainFields.map(([key, value]) => ` ${key}=${show(value)}`);
    this.#text = message + pairs.join('') + (typeof stack === 'string' ? `\n${stack}` : '');
    Object.assign(this, Object.fromEntries(plainFields), stack === undefined ? {} : { stack });
  }

  toString(): string {
    return this.#text;
  }

  /** How Nest's console logger writes what is not a string. */
  [inspect.custom](): string {
    return this.#text;
  }
}

/** JSON shows nothing of an error. */
function plain(value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { breakLength: Infinity });
}
