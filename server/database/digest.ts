import { createHash } from 'node:crypto'
import type { Row } from './tables.ts'

/** 2^256: sums of hashes are taken modulo this. */
const MODULUS = 1n << 256n

/**
 * A fingerprint of a set of rows that does not depend on their order, so that two databases which sort differently give the
 * same: the sum of the rows' SHA-256, modulo 2^256. A row is hashed as the JSON of its values in the order of their columns' names.
 */
export class Digest {
  rows = 0
  #sum = 0n

  add(row: Row): void {
    const values = Object.keys(row)
      .sort()
      .map((column) => row[column])
    const hash = createHash('sha256').update(JSON.stringify(values), 'utf8').digest('hex')
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS
    this.rows += 1
  }

  /** 64 hexadecimal digits. */
  get value(): string {
    return this.#sum.toString(16).padStart(64, '0')
  }
}
