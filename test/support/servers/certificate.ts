import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate that signs itself, for 127.0.0.1 and localhost, and its key; both as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 24 * 3_600_000;
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

export function selfSigned(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    commonName('tasqueue tests'),
    sequence(time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
    commonName('tasqueue tests'),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames(), authority())),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function alternativeNames(): Buffer {
  const address = tagged(0x87, Buffer.from([127, 0, 0, 1]));
  const name = tagged(0x82, Buffer.from('localhost'));
  return sequence(objectId('551d11'), tagged(0x04, sequence(address, name)));
}

/** It may sign: it is its own authority. */
function authority(): Buffer {
  const yes = tagged(0x01, Buffer.from([0xff]));
  return sequence(objectId('551d13'), yes, tagged(0x04, sequence(yes)));
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(name)))));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return tagged(0x18, Buffer.from(`${digits}Z`));
}

function integer(value: Buffer): Buffer {
  return tagged(0x02, value);
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** A value in DER: its tag, its length, itself. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head =
    length < 0x80 ? [tag, length] : [tag, 0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from(head), value]);
}
