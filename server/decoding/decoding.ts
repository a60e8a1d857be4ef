import { Semaphore } from 'async-mutex'
import { bytesToDecode, type FieldImage, kindOfFile, openImage } from '../../vision/index.ts'
import { HttpError } from '../errors.ts'

/** Bytes of one unit of the semaphore, which looks through those that are free one by one. */
const UNIT = 2 ** 20
/** ms that a person's request waits for memory. */
const PATIENCE = 30_000

interface Wait {
  /** Aborted when nobody wants the image any more. */
  signal?: AbortSignal | undefined
  /** ms until DECODING_BUSY; Infinity where what waits is work of the server's own, which is never refused. */
  patience?: number
}

/** Images of one process that are in memory at once, within so many bytes; first come, first served. */
export class Decoding {
  readonly #units: number
  readonly #free: Semaphore

  /** One image that needs more than `bytes` is decoded alone. */
  constructor(bytes: number) {
    this.#units = Math.max(1, Math.floor(bytes / UNIT))
    this.#free = new Semaphore(this.#units)
  }

  /**
   * Opens an image and holds the memory that its pixels need until `use` is done with them.
   *
   * Errors: DECODING_BUSY; those of vision's `openImage`, and of `use`.
   */
  async open<T>(file: string, use: (image: FieldImage) => Promise<T>, wait: Wait = {}): Promise<T> {
    // How large such an image is shows only once it is decoded.
    const isBlind = (await kindOfFile(file)) === 'jxl'
    const image = isBlind ? undefined : await openImage(file)
    const release = await this.#take(bytesToDecode(image), wait)
    try {
      return await use(image ?? (await openImage(file)))
    } finally {
      release()
    }
  }

  async #take(bytes: number, { signal, patience = PATIENCE }: Wait): Promise<() => void> {
    const units = Math.min(this.#units, Math.max(1, Math.ceil(bytes / UNIT)))
    const ends = [
      ...(signal ? [signal] : []),
      ...(Number.isFinite(patience) ? [AbortSignal.timeout(patience)] : []),
    ]
    const end = AbortSignal.any(ends)
    if (end.aborted) throw busy()
    const turn = this.#free.acquire(units).then(([, release]) => release)
    const given = Promise.withResolvers<undefined>()
    end.addEventListener('abort', () => given.resolve(undefined), { once: true })
    const release = await Promise.race([turn, given.promise])
    if (release) return release
    // The library takes nobody out of the queue: whoever left gives the turn on at once.
    void turn.then((late) => late())
    throw busy()
  }
}

const busy = () =>
  new HttpError(
    503,
    'DECODING_BUSY',
    'Too many large images are being opened at once. Wait a few seconds, then try again.',
  )
