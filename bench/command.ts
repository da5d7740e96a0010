import { parseArgs } from 'node:util';

/** Odd, so that a median is a value that was measured. */
const REPEATS = 5;

export const USAGE = `npm run bench -- [section...] [options]

  section        what to measure; without one: everything
  --repeats <n>  how often each case is measured; default ${REPEATS}
  --quick        one small run of each case, to see that it works
  --help         this text`;

export interface Command {
  readonly sections: readonly string[];
  readonly repeats: number;
  readonly quick: boolean;
  readonly help: boolean;
}

export function parseCommand(
  args: readonly string[],
  known: readonly string[],
): Command | { readonly problem: string } {
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
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined)
      return { problem: `there is no section '${unknown}'; there is: ${known.join(', ')}` };
    const repeats = values.quick ? 1 : Number(values.repeats);
    if (!Number.isInteger(repeats) || repeats < 1)
      return { problem: `--repeats has to be a whole number from 1 up, not '${values.repeats}'` };
    const { quick, help } = values;
    return { sections: positionals.length > 0 ? positionals : known, repeats, quick, help };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
