import { Body, type PipeTransform, type Type } from '@nestjs/common';

type Pipe = Type<PipeTransform> | PipeTransform;

/**
 * Picks the job's payload, or one property of it, as this argument, and sends it through pipes: the
 * method's, its class's, then these. Like `@Payload()` of `@nestjs/microservices`.
 *
 * Once one parameter has a decorator, those without one get `undefined`, as everywhere in Nest.
 */
export function Payload(...pipes: Pipe[]): ParameterDecorator;
export function Payload(property?: string, ...pipes: Pipe[]): ParameterDecorator;
export function Payload(propertyOrPipe?: string | Pipe, ...pipes: Pipe[]): ParameterDecorator {
  // Stored as a body is: the kind of argument that ValidationPipe validates, and the key under which
  // `createParamDecorator` stores, so that both may stand on one method.
  return typeof propertyOrPipe === 'string'
    ? Body(propertyOrPipe, ...pipes)
    : Body(...(propertyOrPipe === undefined ? pipes : [propertyOrPipe, ...pipes]));
}
