import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import type { ReportPicture } from '../../cytology/index.ts'
import { decode, type Raster } from '../../vision/index.ts'
import { imagesRemovedAt } from '../case-lock/images-removed.ts'
import { cutCrop } from '../cells/cut-crop.ts'
import { ImageDamaged, originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'

/** A picture as it is printed; `barUm` is the length of the bar in it, null where the scale is not known. */
export interface PrintedPicture {
  caption: ReportPicture['caption']
  kind: ReportPicture['kind']
  /** A JPEG as a data URL; null where the photograph is not what was accepted, which is printed in its place. */
  image: string | null
  barUm: number | null
  /** Width over height. */
  aspect: number
}

/** Side of the square around a cell, µm; wider than the gallery's, so that its neighbours are seen. */
const CELL_UM = 26
const CELL_PIXELS = 320
const FIELD_PIXELS = 800
const BARS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
/** Pictures that stay in memory: a page that is being edited asks for the same few again and again. */
const KEPT = 60

type Made = Omit<PrintedPicture, 'caption' | 'kind'>
type Port = Pick<Ports, 'db' | 'storage' | 'events' | 'decoding'>

/** Where the printed pictures of a signed report lie once the photographs were removed: a PrintedPicture[] as JSON. */
export const keptPicturesKey = (caseId: string) => `report-pictures/${caseId}`

const LOST: Made = { image: null, barUm: null, aspect: 1 }

const lostIfDamaged = (error: unknown): Made => {
  if (!(error instanceof ImageDamaged)) throw error
  return LOST
}

/** The chosen pictures of a case; those whose cell or field is no longer there are left out. */
export class ReportPictures {
  readonly #ports: Port
  // In the order of their last use, the oldest first.
  readonly #made = new Map<string, Made>()

  constructor(ports: Port) {
    this.#ports = ports
  }

  async of(caseId: string, pictures: readonly ReportPicture[]): Promise<PrintedPicture[]> {
    if (await imagesRemovedAt(this.#ports.db, caseId)) return this.#kept(caseId, pictures)
    const printed: PrintedPicture[] = []
    // One after the other: several large fields at once would fill the memory.
    for (const { kind, id, caption } of pictures) {
      const made = await (kind === 'cell' ? this.#cell(caseId, id) : this.#field(caseId, id)).catch(
        lostIfDamaged,
      )
      if (made) printed.push({ kind, caption, ...made })
    }
    return printed
  }

  /** As they were when the photographs were removed. */
  async #kept(caseId: string, pictures: readonly ReportPicture[]): Promise<PrintedPicture[]> {
    if (pictures.length === 0) return []
    const file = await this.#ports.storage.localPath(keptPicturesKey(caseId))
    return JSON.parse(await readFile(file, 'utf8'))
  }

  async #cell(caseId: string, id: string): Promise<Made | undefined> {
    const row = await this.#ports.db
      .selectFrom('cells')
      .innerJoin('fields', 'fields.id', 'cells.field_id')
      .select(['x', 'y', 'cells.width', 'cells.height', 'cells.version', 'field_id', 'um_per_pixel'])
      .where('cells.id', '=', id)
      .where('cells.case_id', '=', caseId)
      .where('deleted', '=', 0)
      .executeTakeFirst()
    if (!row) return undefined
    const { x, y, width, height, version, field_id, um_per_pixel: scale } = row
    return this.#keep(`${id} ${version} ${scale}`, async () => {
      // Without a scale the cell itself says how much to show.
      const side = scale ? CELL_UM / scale : 2 * Math.max(width, height)
      const crop = await this.#open(field_id, (field) =>
        cutCrop(field, x + width / 2, y + height / 2, side, CELL_PIXELS),
      )
      return withBar(sharp(crop), CELL_PIXELS, CELL_PIXELS, scale && CELL_UM / CELL_PIXELS)
    })
  }

  async #field(caseId: string, id: string): Promise<Made | undefined> {
    const row = await this.#ports.db
      .selectFrom('fields')
      .select('um_per_pixel')
      .where('id', '=', id)
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    if (!row) return undefined
    return this.#keep(`${id} ${row.um_per_pixel}`, () =>
      this.#open(id, ({ data, width, height }) => {
        const share = Math.min(1, FIELD_PIXELS / width)
        const [w, h] = [Math.round(width * share), Math.max(1, Math.round(height * share))]
        const small = sharp(data, { raw: { width, height, channels: 3 } }).resize(w, h, { fit: 'fill' })
        return withBar(small, w, h, row.um_per_pixel && row.um_per_pixel / share)
      }),
    )
  }

  async #open<T>(fieldId: string, use: (field: Raster) => Promise<T>): Promise<T> {
    const file = await originalOf(this.#ports, fieldId)
    return this.#ports.decoding.open(file, async (image) => use(await decode(image)))
  }

  async #keep(key: string, make: () => Promise<Made>): Promise<Made> {
    const made = this.#made.get(key) ?? (await make())
    this.#made.delete(key)
    this.#made.set(key, made)
    if (this.#made.size > KEPT) this.#made.delete(this.#made.keys().next().value!)
    return made
  }
}

/** Draws a bar of a round length into the lower right corner; its length is printed below, where a font is at hand. */
async function withBar(
  picture: Sharp,
  width: number,
  height: number,
  umPerPixel: number | null,
): Promise<Made> {
  const barUm = umPerPixel ? barFor(width * umPerPixel) : null
  // The pixels first: sharp would scale after it has composed.
  const flat = sharp(await picture.png({ compressionLevel: 0 }).toBuffer())
  const drawn = barUm === null ? flat : flat.composite([{ input: bar(barUm / umPerPixel!, width, height) }])
  const jpeg = await drawn.jpeg({ quality: 88 }).toBuffer()
  return { image: `data:image/jpeg;base64,${jpeg.toString('base64')}`, barUm, aspect: width / height }
}

/** The longest round length that takes no more than two fifths of the width. */
export const barFor = (widthUm: number): number => BARS.findLast((um) => um <= widthUm / 2.5) ?? BARS[0]!

function bar(length: number, width: number, height: number): Buffer {
  const thick = Math.max(4, Math.round(width / 48))
  const [x, y] = [width - length - 3 * thick, height - 4 * thick]
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="${x}" y="${y}" width="${length}" height="${thick}" fill="#000" stroke="#fff" stroke-width="${thick / 2}"/></svg>`,
  )
}
