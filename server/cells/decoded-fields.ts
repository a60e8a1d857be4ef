import { decode, type Raster } from '../../vision/index.ts'
import type { Decoding } from '../decoding/decoding.ts'

/** Bytes of pixels that are kept; the field used last stays, however large it is. */
const LIMIT = 300_000_000

/** Fields in memory, as pixels: a gallery asks for the cells of the same few fields again and again. */
export class DecodedFields {
  readonly #decoding: Decoding
  readonly #limit: number
  // In the order of their last use, the oldest first.
  readonly #fields = new Map<string, { raster: Promise<Raster>; bytes: number }>()

  constructor(decoding: Decoding, limit = LIMIT) {
    this.#decoding = decoding
    this.#limit = limit
  }

  /** Who asks for a field that is being decoded waits for the same decoding. Errors: those of `Decoding.open` and `decode`. */
  get(key: string, file: () => Promise<string>): Promise<Raster> {
    const known = this.#fields.get(key)
    if (known) {
      this.#fields.delete(key)
      this.#fields.set(key, known)
      return known.raster
    }
    const raster = file().then((path) => this.#decoding.open(path, (image) => decode(image)))
    const entry = { raster, bytes: 0 }
    this.#fields.set(key, entry)
    raster.then(
      ({ data }) => {
        entry.bytes = data.length
        this.#forget()
      },
      () => this.#fields.delete(key),
    )
    return raster
  }

  #forget(): void {
    let bytes = [...this.#fields.values()].reduce((sum, field) => sum + field.bytes, 0)
    for (const [key, field] of this.#fields) {
      if (bytes <= this.#limit || this.#fields.size === 1) return
      this.#fields.delete(key)
      bytes -= field.bytes
    }
  }
}
