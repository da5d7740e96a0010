import { parseArgs } from 'node:util';
import type { Section } from './harness/section.js';

/** Odd, so that a median is a value that was measured. */
const REPEATS = 5;

export const USAGE = `npm run bench -- [section[/part]...] [options]

  section        what to measure, or a part of it; without one: everything
  --repeats <n>  how often each case is measured; default ${REPEATS}
  --quick        one small run of each case, to see that it works
  --help         this text`;

export interface Command {
  readonly sections: readonly Section[];
  readonly repeats: number;
  readonly quick: boolean;
  readonly help: boolean;
}

interface Problem {
  readonly problem: string;
}

export type KnownSections = ReadonlyMap<string, () => Promise<Section>>;

export async function parseCommand(
  args: readonly string[],
  known: KnownSections,
): Promise<Command | Problem> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        repeats: { type: 'string', default: String(REPEATS) },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const repeats = values.quick ? 1 : Number(values.repeats);
    if (!Number.isInteger(repeats) || repeats < 1)
      throw new Error(`--repeats has to be a whole number from 1 up, not '${values.repeats}'`);
    const asked = positionals.length > 0 ? positionals : [...known.keys()];
    const { quick, help } = values;
    const sections = await Promise.all(asked.map((path) => load(path, known)));
    return { sections, repeats, quick, help };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A section, whole or with the one part that `path` names. */
async function load(path: string, known: KnownSections): Promise<Section> {
  const [name = '', part] = path.split('/');
  const section = await known.get(name)?.();
  if (section === undefined)
    throw new Error(`there is no section '${name}'; there is: ${[...known.keys()].join(', ')}`);
  const parts = section.parts.filter((each) => part === undefined || each.name === part);
  if (parts.length > 0) return { name, parts };
  const names = section.parts.map((each) => each.name).join(', ');
  throw new Error(`there is no part '${part}' in section '${name}'; there is: ${names}`);
}
