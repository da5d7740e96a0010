import ts from 'typescript';

/** The names that a piece of code mentions, and those that it declares or imports at its top level. */
export interface Names {
  readonly mentioned: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  readonly exported: readonly string[];
  /** Declared, not imported, and not exported. */
  readonly own: readonly string[];
}

export function namesOf(code: string): Names {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true);
  const mentioned = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) mentioned.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const imported = source.statements.flatMap(importedNames);
  const declarations = source.statements.filter((statement) => !ts.isImportDeclaration(statement));
  const own = declarations.filter((statement) => !isExported(statement)).flatMap(declaredNames);
  const exported = declarations.filter(isExported).flatMap(declaredNames);
  return { mentioned, declared: new Set([...imported, ...own, ...exported]), exported, own };
}

/** `catch` in `{ catch() {} }`, `get` in `map.get()`: names that nobody has to import. */
function isMember(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    (ts.isPropertyAccessExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isClassElement(parent) ||
      ts.isTypeElement(parent)) &&
    parent.name === name
  );
}

function importedNames(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const bindings =
    namedBindings === undefined
      ? []
      : ts.isNamedImports(namedBindings)
        ? namedBindings.elements.map((element) => element.name.text)
        : [namedBindings.name.text];
  return name === undefined ? bindings : [name.text, ...bindings];
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  if (
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}
