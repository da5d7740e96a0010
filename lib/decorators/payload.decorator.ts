import { Body, type PipeTransform, type Type } from '@nestjs/common';
import type { StandardSchemaV1 } from '../core/spec/standard-schema.js';

type Pipe = Type<PipeTransform> | PipeTransform;

/** What Nest 12 takes beside a property; Nest 11 knows pipes alone. */
export interface PayloadOptions {
  /** For `StandardSchemaValidationPipe`, which has to be among the pipes of parameter, method or class. */
  readonly schema?: StandardSchemaV1 | undefined;
  readonly pipes?: Pipe[] | undefined;
}

/**
 * Picks the job's payload, or one property of it, as this argument, and sends it through pipes: the
 * method's, its class's, then these. Like `@Payload()` of `@nestjs/microservices`.
 *
 * Once one parameter has a decorator, those without one get `undefined`, as everywhere in Nest.
 */
export function Payload(...pipes: Pipe[]): ParameterDecorator;
export function Payload(property?: string, ...pipes: Pipe[]): ParameterDecorator;
export function Payload(property: string, options: PayloadOptions): ParameterDecorator;
export function Payload(options: PayloadOptions): ParameterDecorator;
export function Payload(...args: unknown[]): ParameterDecorator {
  // Stored as a body is: the kind of argument that ValidationPipe validates, and the key under which
  // `createParamDecorator` stores, so that both may stand on one method.
  const body: (...args: unknown[]) => ParameterDecorator = Body;
  return body(...args);
}
