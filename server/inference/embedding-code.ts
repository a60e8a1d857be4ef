/**
 * An embedding as text: base64 of signed bytes, the unit vector times 127. 256 characters for 192 numbers, and the
 * cosine of two vectors changes by less than 0.01 (the test measures it).
 */
export function encodeEmbedding(unit: ArrayLike<number>): string {
  return Buffer.from(Int8Array.from(unit, (value) => Math.round(value * 127)).buffer).toString('base64')
}

export function decodeEmbedding(text: string): Int8Array {
  const bytes = Buffer.from(text, 'base64')
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Cosine of the angle between two vectors of the same length, -1..1; 0 where one is all zeros. */
export function cosine(a: Int8Array, b: Int8Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}
