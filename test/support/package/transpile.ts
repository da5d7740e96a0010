import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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

/** What the built package has beside its modules; `nest-cli.json` says the same. */
const ASSET = /\.lua$|schemas\.json$/;

/** Does so with all modules of a folder, and takes its assets along; what else is in there is left out. */
export async function transpileFolder(from: string, to: string): Promise<void> {
  const files = await readdir(from, { recursive: true });
  await Promise.all(
    files.map(async (file) => {
      const path = join(to, file);
      await mkdir(dirname(path), { recursive: true });
      if (ASSET.test(file)) await copyFile(join(from, file), path);
      else if (file.endsWith('.ts'))
        await writeFile(
          path.replace(/ts$/, 'js'),
          transpile(await readFile(join(from, file), 'utf8')),
        );
    }),
  );
}
