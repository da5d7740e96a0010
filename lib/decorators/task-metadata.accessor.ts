import 'reflect-metadata';
import { InvalidOptionsError } from '../core/errors.js';
import type { TasqueueEventName } from '../core/events.js';
import type { AnyTaskDefinition } from '../core/spec/task-definition.js';
import type { TaskOptions } from '../core/spec/task-options.js';
import type { CallbackKind } from '../core/task-entry.js';

/** `@Task(task, options)` */
export interface TaskDeclaration {
  readonly kind: 'task';
  readonly task: AnyTaskDefinition | string;
  readonly options: TaskOptions;
}

/** `@OnSuccess(task, { instance })` and its kin. */
export interface CallbackDeclaration {
  readonly kind: 'callback';
  readonly on: CallbackKind;
  readonly task: AnyTaskDefinition | string;
  readonly instance: string | undefined;
}

/** `@OnTasqueueEvent(event, { instance, of })` */
export interface ListenerDeclaration {
  readonly kind: 'listener';
  readonly event: TasqueueEventName | '*';
  readonly instance: string | undefined;
  readonly of: 'own' | 'all';
}

/** What one of our decorators says of the method it stands on. */
export type Declaration = TaskDeclaration | CallbackDeclaration | ListenerDeclaration;

// oxlint-disable-next-line typescript/no-explicit-any -- any method, whatever it takes
export type Method = (...args: any[]) => unknown;

/** A decorator for methods that fit `Signature`. */
export type DecoratorOf<Signature extends Method> = <Own extends Signature>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<Own>,
) => void;

const DECLARATIONS = 'tasqueue:declarations';

/** The decorator that leaves this declaration behind, in front of those written below it. */
export function declare(decorator: string, declaration: Declaration): DecoratorOf<Method> {
  return (target, key, { value: method }) => {
    const owner = typeof target === 'function' ? `static ${target.name}.${key}` : key;
    if (method === undefined || typeof target === 'function')
      throw new InvalidOptionsError(`${decorator} on '${owner}'`, [
        'expected a method of instances',
      ]);
    Reflect.defineMetadata(DECLARATIONS, [declaration, ...declarationsOf(method)], method);
  };
}

export function declarationsOf(method: Method): readonly Declaration[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `declare` writes under this key
  return (Reflect.getOwnMetadata(DECLARATIONS, method) as Declaration[] | undefined) ?? [];
}

/** The name that a declaration speaks of, be it given by a definition. */
export function taskNameOf(task: AnyTaskDefinition | string): string {
  return typeof task === 'string' ? task : task.name;
}
