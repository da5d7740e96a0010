import { PayloadValidationError } from './errors.js';
import type { StandardIssue, StandardResult, StandardSchemaV1 } from './spec/standard-schema.js';

/**
 * What a schema makes of a value: at once where the schema is synchronous, by promise where it is not.
 * Throws (or rejects with) PayloadValidationError. `what` names the value: `the payload of task 'add'`.
 */
export function validate<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  value: unknown,
  what: string,
): Output | Promise<Output> {
  let result: StandardResult<Output> | Promise<StandardResult<Output>>;
  try {
    result = schema['~standard'].validate(value);
  } catch (error) {
    throw schemaFailed(error, what);
  }
  if (!('then' in result)) return outputOf(result, what);
  return result.then(
    (settled) => outputOf(settled, what),
    (error: unknown) => {
      throw schemaFailed(error, what);
    },
  );
}

function outputOf<Output>(result: StandardResult<Output>, what: string): Output {
  if (!result.issues) return result.value;
  const issues = result.issues.map((issue) => ({
    path: pathOf(issue.path),
    message: issue.message,
  }));
  const told = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new PayloadValidationError(`${what} does not fit its schema: ${told.join('; ')}`, issues);
}

/** `items[3].price`; empty for the value itself. */
function pathOf(path: StandardIssue['path'] = []): string {
  return path
    .map((segment) => (typeof segment === 'object' ? segment.key : segment))
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function schemaFailed(error: unknown, what: string): PayloadValidationError {
  const message = error instanceof Error ? error.message : String(error);
  return new PayloadValidationError(
    `${what} could not be checked, its schema threw: ${message}`,
    [{ path: '', message }],
    { cause: error },
  );
}
