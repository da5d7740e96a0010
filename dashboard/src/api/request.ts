import type { Refusal } from '#contract';
import { apiUrl } from './base.js';

/** A call that was refused or got no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** Of HTTP; 0 when there was no answer. */
    readonly status: number,
    readonly code?: string,
  ) {
    super(message);
  }
}

type Parameters = Record<string, string | undefined>;

export function get<T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T> {
  return call<T>(path, { signal: signal ?? null }, parameters);
}

export function post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  return change<T>('POST', path, body, signal);
}

export function remove<T>(path: string): Promise<T> {
  return change<T>('DELETE', path, {});
}

function change<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  // No page of another site can send these headers: that is the protection against forged requests.
  const headers = { 'content-type': 'application/json', 'x-tasqueue-dashboard': '1' };
  return call<T>(path, { method, headers, body: JSON.stringify(body), signal: signal ?? null });
}

async function call<T>(path: string, init: RequestInit, parameters?: Parameters): Promise<T> {
  const response = await answerOf(path, init, parameters);
  const body = await bodyOf(response);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract says what each path answers
  if (response.ok) return body as T;
  throw refusalOf(response, body);
}

async function answerOf(path: string, init: RequestInit, parameters?: Parameters) {
  try {
    return await fetch(apiUrl(path, parameters), { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('The server cannot be reached.', 0);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between may answer with a page of its own.
    return undefined;
  }
}

function refusalOf(response: Response, body: unknown): ApiError {
  const refusal = isRefusal(body) ? body.error : undefined;
  const message = refusal?.message ?? `The server answered ${response.status}.`;
  return new ApiError(message, response.status, refusal?.code);
}

function isRefusal(body: unknown): body is Refusal {
  return (
    typeof body === 'object' &&
    body !== null &&
    'error' in body &&
    typeof body.error === 'object' &&
    body.error !== null &&
    'message' in body.error
  );
}
