import type { ModulesContainer } from '@nestjs/core';
import { refuse } from '../../core/validation/check.js';
import type { TestingOptions } from '../testing-options.js';
import { Laboratory } from './laboratory.js';

const laboratories = new WeakMap<ModulesContainer, Laboratory>();

/** The one laboratory of the application whose modules these are. Throws InvalidOptionsError for other options. */
export function laboratoryOf(modules: ModulesContainer, options: TestingOptions): Laboratory {
  const laboratory = laboratories.get(modules) ?? new Laboratory(options);
  laboratories.set(modules, laboratory);
  refuse('TasqueueTestingModule options', differences(laboratory.options, options));
  return laboratory;
}

/** Instances of one application live at one time, and in one mode. */
function differences(first: TestingOptions, { mode, startAt }: TestingOptions): string[] {
  const problems: string[] = [];
  const asThere = 'as for the other instance of this application';
  if (mode !== first.mode)
    problems.push(`mode: expected '${first.mode}', ${asThere}, got '${mode}'`);
  if (startAt !== undefined && startAt.getTime() !== first.startAt?.getTime())
    problems.push(
      `startAt: expected ${first.startAt?.toISOString() ?? 'none'}, ${asThere}, got ${startAt.toISOString()}`,
    );
  return problems;
}
