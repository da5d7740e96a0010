import { Ajv2020 } from 'ajv/dist/2020.js';
import { isFields } from '../../../lib/core/validation/shape.js';

type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The document that a dashboard serves, and what it says of each of its responses. */
export class ApiCheck {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #document: Paths;
  readonly seen = new Set<string>();

  private constructor(document: unknown) {
    if (!isFields(document)) throw new Error('no document');
    this.#ajv.addSchema({ $id: 'api', ...document });
    // oxlint-disable-next-line no-unsafe-type-assertion -- a path that is not there fails the test
    this.#document = document['paths'] as Paths;
  }

  static async of(api: string): Promise<ApiCheck> {
    const response = await fetch(`${api}/openapi.json`);
    return new ApiCheck(await response.json());
  }

  /** `GET /jobs/{id}` of all calls, but for the stream. */
  get operations(): string[] {
    return Object.entries(this.#document).flatMap(([path, methods]) =>
      Object.keys(methods)
        .map((method) => `${method.toUpperCase()} ${path}`)
        .filter((name) => name !== 'GET /live'),
    );
  }

  /** What is wrong with a response, by what the document says of it. */
  problems(operation: string, status: number, body: unknown): string[] {
    this.seen.add(operation);
    const [method = '', path = ''] = operation.split(' ');
    const place = [path, method.toLowerCase(), 'responses', status === 200 ? '200' : 'default'];
    const pointer = [...place, 'content', 'application/json', 'schema'].map((part) =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = this.#ajv.getSchema(`api#/paths/${pointer.join('/')}`);
    if (!validate) return [`${operation} ${status} is not described`];
    return validate(body) ? [] : [`${operation}: ${this.#ajv.errorsText(validate.errors)}`];
  }
}
