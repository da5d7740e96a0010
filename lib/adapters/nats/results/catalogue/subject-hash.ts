/** 96 bits: among a billion subjects, the chance that any two are alike is below one in 10^10. */
export interface SubjectHash {
  a: number;
  b: number;
  c: number;
}

/** Three lanes of multiply and xor, each with constants of its own, stirred well at the end. */
export function hashSubject(subject: string): SubjectHash {
  let a = 0x9e37_79b9;
  let b = 0x85eb_ca6b;
  let c = 0xc2b2_ae35;
  for (let at = 0; at < subject.length; at += 1) {
    // oxlint-disable-next-line unicorn/prefer-code-point -- subjects are ASCII
    const unit = subject.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x0100_0193);
    b = Math.imul(b ^ unit, 0x5bd1_e995);
    b = (b << 13) | (b >>> 19);
    c = Math.imul((c << 5) ^ (c >>> 2) ^ unit, 0x27d4_eb2f);
  }
  return { a: stir(a ^ c), b: stir(b ^ a), c: stir(c ^ b) };
}

function stir(value: number): number {
  let stirred = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  stirred = Math.imul(stirred ^ (stirred >>> 13), 0xc2b2_ae35);
  return (stirred ^ (stirred >>> 16)) >>> 0;
}
