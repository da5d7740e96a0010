import type { ModulesContainer } from '@nestjs/core';
import { InvalidOptionsError } from '../../core/errors.js';
import type { TestingOptions } from '../testing-options.js';
import { Laboratory } from './laboratory.js';

const laboratories = new WeakMap<ModulesContainer, Laboratory>();

/** The one laboratory of the application whose modules these are. Throws InvalidOptionsError for a second mode. */
export function laboratoryOf(modules: ModulesContainer, options: TestingOptions): Laboratory {
  const laboratory = laboratories.get(modules) ?? new Laboratory(options);
  laboratories.set(modules, laboratory);
  if (laboratory.mode === options.mode) return laboratory;
  throw new InvalidOptionsError('TasqueueTestingModule options', [
    `mode: expected '${laboratory.mode}', as for the other instance of this application, got '${options.mode}'`,
  ]);
}
