import { access, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { openImage, uprightPicture } from '../../vision/index.ts'

/** A JPEG's sides end at 65,535 pixels. */
const LARGEST = 65_000
/** Widths are rounded down to a multiple, so that a page that asks for every width does not fill the disk. */
const STEP = 16
/** A file's name begins with the id of its field. */
const ID_LENGTH = 36

/** Fields as JPEG, upright and as wide as asked for; each is made once and kept in a folder. */
export class Renditions {
  readonly #folder: string
  readonly #making = new Map<string, Promise<string>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The file; whoever asks for one that is being made waits for it. Errors: those of vision's `openImage` and `uprightPicture`. */
  get(fieldId: string, width: number | undefined, original: () => Promise<string>): Promise<string> {
    const pixels = width === undefined ? LARGEST : Math.max(STEP, width - (width % STEP))
    const file = join(this.#folder, `${fieldId}-${pixels}.jpg`)
    const making = this.#making.get(file) ?? this.#make(file, pixels, original)
    this.#making.set(file, making)
    return making.finally(() => this.#making.delete(file))
  }

  remove(fieldId: string): Promise<void> {
    return this.removeAll(new Set([fieldId]))
  }

  /** Of many fields at once: the folder is read through only once. */
  async removeAll(fieldIds: ReadonlySet<string>): Promise<void> {
    const files = await readdir(this.#folder).catch(() => [])
    const own = files.filter((file) => fieldIds.has(file.slice(0, ID_LENGTH)))
    await Promise.all(own.map((file) => rm(join(this.#folder, file), { force: true })))
  }

  async #make(file: string, width: number, original: () => Promise<string>): Promise<string> {
    const there = await access(file).then(
      () => true,
      () => false,
    )
    if (there) return file
    await mkdir(this.#folder, { recursive: true })
    const unfinished = `${file}.${uuid()}`
    try {
      // As vision decodes it, so that boxes lie where the networks saw the cells.
      const picture = await uprightPicture(await openImage(await original()))
      await picture
        .toColourspace('srgb')
        .resize({ width, height: LARGEST, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 88 })
        .toFile(unfinished)
      await rename(unfinished, file)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    return file
  }
}
