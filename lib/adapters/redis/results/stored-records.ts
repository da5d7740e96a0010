import { EncodingError } from '../../../core/errors.js';
import type { Versioned } from '../../../core/ports/record.js';
import { ByteReader } from './byte-reader.js';
import { decodeJob } from './job-decoder.js';
import { decodePlan, planRevision } from './plan-codec.js';
import { AT, kindOf, RECORD_VERSION } from './record-layout.js';

/** After version, letter and revision. */
const GENERATION_AT = 7;

/**
 * Reads what lies under an id; `state` belongs to a plan. Throws EncodingError on what a newer release
 * wrote, or somebody else.
 */
export function readStored(id: string, record: Buffer, state?: Buffer): Versioned {
  const kind = record[0] === RECORD_VERSION ? kindOf(record) : undefined;
  if (kind === undefined) throw unreadable(id, record[0]);
  if (kind === 'plan') {
    if (state === undefined) throw new EncodingError(`the state of plan '${id}' is missing`);
    return { record: decodePlan(id, record, state), revision: planRevision(state) };
  }
  const revision = new ByteReader(record, AT.revision).uint40();
  if (kind !== 'tombstone') return { record: decodeJob(id, kind, record), revision };
  const generation = Number(record.toString('latin1', GENERATION_AT));
  return { record: { kind, id, generation }, revision };
}

function unreadable(id: string, version = 0): EncodingError {
  return new EncodingError(
    `the record of '${id}' has format version ${version}, this release reads ${RECORD_VERSION}: ` +
      'finish the rolling upgrade, or give this application a prefix of its own',
  );
}
