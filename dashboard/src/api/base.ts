/** Where the dashboard is mounted: the server writes it into `<base>`, whatever prefix or proxy there is. */
export const BASE = new URL('.', document.baseURI);

/** The address of a call of the JSON API. Parameters that are undefined or empty are left out. */
export function apiUrl(path: string, parameters: Record<string, string | undefined> = {}): URL {
  const url = new URL(`api/${path}`, BASE);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') url.searchParams.set(name, value);
  return url;
}
