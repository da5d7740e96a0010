import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  verbatimModuleSyntax: true,
};

/** JavaScript of one module, without a look at its types. */
export function transpile(code: string): string {
  return ts.transpileModule(code, { compilerOptions: OPTIONS }).outputText;
}

/** Does so with all modules of a folder; what else is in there is left out. */
export async function transpileFolder(from: string, to: string): Promise<void> {
  const files = (await readdir(from, { recursive: true })).filter((file) => file.endsWith('.ts'));
  await Promise.all(
    files.map(async (file) => {
      const path = join(to, file.replace(/ts$/, 'js'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, transpile(await readFile(join(from, file), 'utf8')));
    }),
  );
}
