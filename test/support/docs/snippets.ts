import { basename } from 'node:path';
import { type CodeBlock, codeBlocks } from './code-blocks.js';
import { namesOf } from './names.js';

/** A module that a page may use without importing from it, with its names. */
export interface Library {
  readonly specifier: string;
  readonly names: ReadonlySet<string>;
}

/** A block as a whole module. */
export interface Snippet {
  readonly file: string;
  readonly code: string;
  /** Line of the page that stands before the code's second line. */
  readonly line: number;
}

/**
 * Makes a module of each `ts` block of a page. Readers are spared the imports, so they are added here:
 * what a block mentions and does not declare comes from the blocks before it, else from a library.
 */
export function snippetsOf(
  page: string,
  markdown: string,
  libraries: readonly Library[],
): Snippet[] {
  const known: Library[] = [...libraries];
  return codeBlocks(markdown)
    .filter(({ language }) => language === 'ts')
    .map((block) => {
      const name = `${basename(page, '.md')}-${block.line}`;
      const { code, names } = toModule(block, known);
      known.unshift({ specifier: `./${name}.js`, names });
      return { file: `${name}.ts`, code, line: block.line };
    });
}

function toModule({ code }: CodeBlock, known: readonly Library[]) {
  const { mentioned, declared, exported, own } = namesOf(code);
  const taken = new Set(declared);
  const imports = known.map(({ specifier, names }) => {
    const wanted = [...mentioned].filter((name) => names.has(name) && !taken.has(name));
    for (const name of wanted) taken.add(name);
    return wanted.length === 0 ? '' : `import { ${wanted.join(', ')} } from '${specifier}';`;
  });
  // All on one line: the code then begins on the second.
  const head = `${imports.join(' ')} export { ${own.join(', ')} };`;
  return { code: `${head}\n${code}`, names: new Set([...own, ...exported]) };
}
