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
