/** The key with which a site signs where its audit ends, so that nobody who has the database alone can write that anew. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export class SiteKey {
  readonly #private: KeyObject
  readonly #public: KeyObject
  /** The first 16 hexadecimal digits of the SHA-256 of the public key: what a person writes down. */
  readonly id: string

  constructor(pem: string) {
    this.#private = createPrivateKey(pem)
    this.#public = createPublicKey(this.#private)
    const der = this.#public.export({ type: 'spki', format: 'der' })
    this.id = createHash('sha256').update(der).digest('hex').slice(0, 16)
  }

  /** Ed25519, base64. */
  sign = (text: string): string => sign(null, Buffer.from(text), this.#private).toString('base64')

  isOwn = (text: string, signature: string): boolean =>
    verify(null, Buffer.from(text), this.#public, Buffer.from(signature, 'base64'))
}

/** The key in a file that only its owner reads; null where there is none. */
export function readSiteKey(file: string): SiteKey | null {
  try {
    return new SiteKey(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** As `readSiteKey`; made at the first start. */
export function makeSiteKey(file: string): SiteKey {
  const there = readSiteKey(file)
  if (there) return there
  const { privateKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(file), { recursive: true })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx', flush: true })
  return readSiteKey(file)!
}
