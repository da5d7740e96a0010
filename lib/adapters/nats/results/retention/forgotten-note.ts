import { Buffer } from 'node:buffer';

/** Sequences in ascending order, each as its distance from the one before, seven bits to a byte. */
export function encodeNote(seqs: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const seq of seqs) {
    let distance = seq - last;
    last = seq;
    while (distance >= 128) {
      bytes.push((distance % 128) + 128);
      distance = Math.floor(distance / 128);
    }
    bytes.push(distance);
  }
  return Buffer.from(bytes);
}

export function decodeNote(payload: Uint8Array): number[] {
  const seqs: number[] = [];
  let [last, distance, unit] = [0, 0, 1];
  for (const byte of payload) {
    distance += (byte % 128) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    last += distance;
    seqs.push(last);
    [distance, unit] = [0, 1];
  }
  return seqs;
}
