const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;

/** What `PORT` says; 0 takes any free port. */
export function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new RangeError(`PORT has to be a number from 0 to ${HIGHEST_PORT}, not '${text}'`);
}
