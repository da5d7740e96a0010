import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface TypeProblem {
  readonly file: string;
  /** The first is 1. */
  readonly line: number;
  readonly message: string;
}

/** Types of the repository, for code that is not on the disk. Names are relative to the root. */
export class TypeChecker {
  readonly #options: ts.CompilerOptions;
  #last: ts.Program | undefined;

  constructor(private readonly root: string) {
    const path = join(root, 'tsconfig.json');
    const { config } = ts.readConfigFile(path, ts.sys.readFile);
    this.#options = {
      ...ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root).options,
      // Documents show values and types side by side, and names that nobody uses.
      verbatimModuleSyntax: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    };
  }

  /** What is wrong with these files. */
  check(files: ReadonlyMap<string, string>): TypeProblem[] {
    const program = this.#program(files);
    return [...files.keys()].flatMap((name) => {
      const source = program.getSourceFile(join(this.root, name));
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(({ file, start = 0, messageText }) => ({
        file: name,
        line: (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1,
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }));
    });
  }

  /** The names that each module exports, as seen from the root. */
  exportsOf(specifiers: readonly string[]): Map<string, Set<string>> {
    const probes = specifiers.map((specifier, index) => ({ specifier, file: `probe-${index}.ts` }));
    const program = this.#program(
      new Map(probes.map(({ specifier, file }) => [file, `export * from '${specifier}';`])),
    );
    const checker = program.getTypeChecker();
    return new Map(
      probes.map(({ specifier, file }) => {
        const source = program.getSourceFile(join(this.root, file));
        const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
        const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
        return [specifier, new Set(exported.map(({ name }) => name))];
      }),
    );
  }

  #program(files: ReadonlyMap<string, string>): ts.Program {
    const virtual = new Map([...files].map(([name, code]) => [join(this.root, name), code]));
    const folders = new Set([...virtual.keys()].map((path) => dirname(path)));
    const host = ts.createCompilerHost(this.#options);
    const { fileExists, readFile, getSourceFile, directoryExists } = host;
    host.fileExists = (path) => virtual.has(path) || fileExists(path);
    host.readFile = (path) => virtual.get(path) ?? readFile(path);
    host.directoryExists = (path) => folders.has(path) || directoryExists?.(path) === true;
    host.getSourceFile = (path, languageVersion, ...rest) => {
      const code = virtual.get(path);
      return code === undefined
        ? getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, code, languageVersion);
    };
    this.#last = ts.createProgram([...virtual.keys()], this.#options, host, this.#last);
    return this.#last;
  }
}
