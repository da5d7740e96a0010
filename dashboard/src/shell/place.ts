import { navigate, useHistoryState, usePathname, useSearch } from 'wouter/use-browser-location';
import { BASE } from '../api/base.js';

/** Where the visitor is: `jobs`, or `jobs` and an id, and what the address says beyond that. */
export interface Place {
  readonly screen: string;
  readonly id: string | undefined;
  readonly parameters: URLSearchParams;
}

export function usePlace(): Place {
  const path = usePathname();
  const parameters = new URLSearchParams(useSearch());
  const [screen = '', id] = path.slice(BASE.pathname.length).split('/').map(decode);
  return { screen, id, parameters };
}

type Parameters = Readonly<Record<string, string | undefined>>;

/** The address of a screen, or of one thing on it. */
export function hrefOf(screen: string, id?: string, parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') search.set(name, value);
  const path = id === undefined ? screen : `${screen}/${encodeURIComponent(id)}`;
  return `${BASE.pathname}${path}${search.size > 0 ? `?${search}` : ''}`;
}

export const jobHref = (id: string): string => hrefOf('jobs', id);
export const workflowHref = (id: string): string => hrefOf('workflows', id);
export const jobsHref = (parameters: Parameters): string => hrefOf('jobs', undefined, parameters);

/** Goes there without loading the page anew. */
export function go(href: string): void {
  navigate(href, { state: { from: location.href } });
}

/** Whether going back stays on the dashboard: not so on a page that was opened by its address. */
export const useCanGoBack = (): boolean => useHistoryState() !== null;

/** A segment that someone typed may be malformed: then it stands for itself. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
