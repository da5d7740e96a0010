import type { Refusal } from '../dashboard/contract/index.js';
import { EXIT, Failure } from './failure.js';

/** Longer than any bounded step takes; clearing a large queue may take a while. */
const TIMEOUT_MS = 120_000;

type Query = Readonly<Record<string, string | undefined>>;

/** Calls the JSON API of one dashboard. Every failure is told as a Failure. */
export class DashboardClient {
  readonly #base: URL;

  /** `url` is where the dashboard is mounted: `https://shop.example/tasqueue`. */
  constructor(
    url: URL,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    this.#base = new URL(url);
    this.#base.search = '';
    this.#base.hash = '';
    if (!this.#base.pathname.endsWith('/')) this.#base.pathname += '/';
  }

  get<Reply>(path: string, query: Query = {}): Promise<Reply> {
    const url = this.#address(path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return this.#call<Reply>(url, { method: 'GET', headers: this.headers });
  }

  post<Reply>(path: string, body: unknown = {}): Promise<Reply> {
    return this.#change<Reply>('POST', path, body);
  }

  delete<Reply>(path: string): Promise<Reply> {
    return this.#change<Reply>('DELETE', path, {});
  }

  #change<Reply>(method: string, path: string, body: unknown): Promise<Reply> {
    const headers = {
      ...this.headers,
      'content-type': 'application/json',
      'x-tasqueue-dashboard': '1',
    };
    return this.#call<Reply>(this.#address(path), { method, headers, body: JSON.stringify(body) });
  }

  #address(path: string): URL {
    return new URL(`api/${path}`, this.#base);
  }

  async #call<Reply>(url: URL, init: RequestInit): Promise<Reply> {
    const response = await this.#answer(url, init);
    const body = await bodyOf(response);
    if (!response.ok) throw this.#refused(response, body);
    if (body === undefined) throw this.#noDashboard(`'${url.pathname}' answers no JSON`);
    // oxlint-disable-next-line no-unsafe-type-assertion -- the contract says what each path answers
    return body as Reply;
  }

  async #answer(url: URL, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      // A redirect leads to a login; it would be followed with the headers, to wherever it says.
      return await fetch(url, { ...init, signal, redirect: 'manual' });
    } catch (error) {
      throw new Failure(`${url.origin} cannot be reached: ${reasonOf(error)}`, EXIT.unreachable);
    }
  }

  #refused({ status, headers }: Response, body: unknown): Failure {
    if (isRefusal(body)) return new Failure(hinted(status, body.error.message), EXIT.refused);
    if (status === 401 || status === 403)
      return new Failure(hinted(status, `the server answers ${status}`), EXIT.refused);
    const location = headers.get('location');
    if (location !== null)
      return this.#noDashboard(`it redirects to ${location}, perhaps to log in: see --header`);
    return this.#noDashboard(`it answers ${status}`);
  }

  #noDashboard(what: string): Failure {
    return new Failure(
      `${this.#base.href} is no dashboard of Tasqueue: ${what}. Give the address under which its pages open, such as http://localhost:3000/tasqueue`,
      EXIT.unreachable,
    );
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text());
  } catch {
    return undefined;
  }
}

function hinted(status: number, message: string): string {
  return status === 401
    ? `${message}: pass what the server asks for by --header 'authorization: …' or TASQUEUE_HEADER`
    : message;
}

function isRefusal(body: unknown): body is Refusal {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

/** Fetch hides the reason in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
