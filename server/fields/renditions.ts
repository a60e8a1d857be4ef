import { type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Sharp } from 'sharp'
import { v7 as uuid } from 'uuid'
import { type FieldImage, fromUprightPicture } from '../../vision/index.ts'
import type { Database } from '../database/schema.ts'
import type { Decoding } from '../decoding/decoding.ts'
import { keepWithin, removeOrphans, removeRenditions } from './renditions-folder.ts'

/** Pixels; those that the pages ask for. Any other width is rounded up, so that nobody fills the disk by asking for each. */
export const WIDTHS = [160, 512, 1024, 2048, 4096] as const
/** A JPEG's sides end at 65,535 pixels; also the name of the copy that is as large as its field. */
const LARGEST = 65_000

interface Asked {
  /** As in the database; `width` of its image. */
  field: { id: string; width: number }
  /** Without it as large as the field. */
  width?: number | undefined
  original: () => Promise<string>
  /** Aborted when who asked has gone. */
  signal: AbortSignal
}

interface Making {
  done: Promise<void>
  /** Who waits for it; when nobody does any more it is not begun. */
  waiting: number
  stop: AbortController
}

/** Fields as JPEG, upright and as wide as asked for; each is made once and kept in a folder while there is room for it. */
export class Renditions {
  readonly #folder: string
  readonly #decoding: Decoding
  readonly #limit: number
  readonly #making = new Map<string, Making>()
  /** Of all copies, as far as they were looked at. */
  #bytes = 0
  #tidying: Promise<void> = Promise.resolve()

  /** `limit`: bytes of all copies together. */
  constructor(folder: string, decoding: Decoding, limit: number) {
    this.#folder = folder
    this.#decoding = decoding
    this.#limit = limit
  }

  /** The file, opened; whoever asks for one that is being made waits for it. Errors: those of `Decoding.open`, and of vision's `fromUprightPicture`. */
  async get(asked: Asked): Promise<FileHandle> {
    const { field, width = LARGEST } = asked
    const pixels = WIDTHS.find((one) => one >= width && one < field.width) ?? LARGEST
    const file = join(this.#folder, `${field.id}-${pixels}.jpg`)
    for (let again = true; ; again = false) {
      await this.#made(file, pixels, asked)
      try {
        const handle = await open(file)
        const now = new Date()
        await handle.utimes(now, now)
        return handle
      } catch (error) {
        // It may have had to go in between.
        if (!again || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }

  remove(fieldId: string): Promise<void> {
    return removeRenditions(this.#folder, new Set([fieldId]))
  }

  /** What the end of the server, or of a field, has left goes, and what is too much. */
  async tidyUp(db: Kysely<Database>): Promise<void> {
    await removeOrphans(this.#folder, db)
    await this.#keepWithin()
  }

  #keepWithin(): Promise<void> {
    this.#tidying = this.#tidying
      .catch(() => {})
      .then(async () => {
        this.#bytes = await keepWithin(this.#folder, this.#limit)
      })
    return this.#tidying
  }

  async #made(file: string, pixels: number, { original, signal }: Asked): Promise<void> {
    const making = this.#making.get(file) ?? this.#begin(file, pixels, original)
    making.waiting += 1
    const leave = () => {
      making.waiting -= 1
      if (making.waiting > 0) return
      making.stop.abort()
      this.#forget(file, making)
    }
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
    await making.done.finally(() => signal.removeEventListener('abort', leave))
  }

  #begin(file: string, pixels: number, original: () => Promise<string>): Making {
    const stop = new AbortController()
    const making: Making = { done: this.#make(file, pixels, original, stop.signal), waiting: 0, stop }
    this.#making.set(file, making)
    making.done = making.done.finally(() => this.#forget(file, making))
    return making
  }

  #forget(file: string, making: Making): void {
    if (this.#making.get(file) === making) this.#making.delete(file)
  }

  async #make(
    file: string,
    width: number,
    original: () => Promise<string>,
    signal: AbortSignal,
  ): Promise<void> {
    const there = await stat(file).catch(() => undefined)
    if (there) return
    await mkdir(this.#folder, { recursive: true })
    const unfinished = `${file}.${uuid()}`
    try {
      // As vision decodes it, so that boxes lie where the networks saw the cells.
      const jpeg = (picture: Sharp) =>
        picture
          .toColourspace('srgb')
          .resize({ width, height: LARGEST, fit: 'inside', withoutEnlargement: true })
          .jpeg({ quality: 88 })
          .toBuffer()
      const make = (image: FieldImage) => fromUprightPicture(image, jpeg)
      const copy = await this.#decoding.open(await original(), make, { signal })
      await writeFile(unfinished, copy)
      await rename(unfinished, file)
      this.#bytes += copy.length
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    if (this.#bytes > this.#limit) await this.#keepWithin()
  }
}
