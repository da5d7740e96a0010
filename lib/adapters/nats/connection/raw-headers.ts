import type { MsgHdrs } from 'nats';

/** A header block as it goes over the wire, made once where the driver would make it of a map each time. */
export function rawHeaders(fields: Readonly<Record<string, string | number>>): MsgHdrs {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = Buffer.from(`NATS/1.0\r\n${lines.join('')}\r\n`, 'utf8');
  const encodable = { encode: () => bytes };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the driver asks nothing else of what it publishes
  return encodable as unknown as MsgHdrs;
}

const EXPECTED = 'Nats-Expected-Last-Subject-Sequence';
const NOTHING_YET = rawHeaders({ [EXPECTED]: 0 });

/** Lets a publish succeed only if this is the last sequence on its subject; 0: if there is none. */
export function expecting(sequence: number): MsgHdrs {
  return sequence === 0 ? NOTHING_YET : rawHeaders({ [EXPECTED]: sequence });
}
