import { ApiCheck } from './api-check.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they expect
  readonly body: any;
  readonly text: string;
}

export const ACTION_HEADERS = { 'content-type': 'application/json', 'x-tasqueue-dashboard': '1' };

/** Calls the API of a dashboard; every answer has to be as its document says. */
export class ApiCaller {
  private constructor(
    readonly api: string,
    readonly check: ApiCheck,
    private readonly headers: Record<string, string>,
  ) {}

  static async at(mount: string, headers: Record<string, string> = {}): Promise<ApiCaller> {
    const api = `${mount}/api`;
    return new ApiCaller(api, await ApiCheck.of(api), headers);
  }

  get(operation: string, path: string): Promise<Answer> {
    return this.#call(`GET ${operation}`, path, {});
  }

  post(operation: string, path: string, body: unknown = {}): Promise<Answer> {
    return this.#act('POST', operation, { path, body });
  }

  delete(operation: string, path: string): Promise<Answer> {
    return this.#act('DELETE', operation, { path, body: {} });
  }

  #act(method: string, operation: string, { path, body }: { path: string; body: unknown }) {
    const init = { method, headers: ACTION_HEADERS, body: JSON.stringify(body) };
    return this.#call(`${method} ${operation}`, path, init);
  }

  async #call(operation: string, path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers({ ...this.headers });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await fetch(`${this.api}/${path}`, { ...init, headers });
    const text = await response.text();
    const body: unknown = JSON.parse(text);
    const problems = this.check.problems(operation, response.status, body);
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${text.slice(0, 2_000)}`);
    return { status: response.status, headers: response.headers, body, text };
  }
}
