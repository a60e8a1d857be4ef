import sharp from 'sharp'
import { decode, type FieldImage, type Raster } from '../../../vision/index.ts'
import { type Colour, fill, paste, write } from '../../overlay/canvas.ts'
import { letters } from '../../overlay/letters.ts'

/** A cell to be read: its number and its box in pixels of its field. */
export type CellToRead = {
  id: number
  image: string
  box: readonly [x: number, y: number, width: number, height: number]
  umPerPixel: number
}

const PAPER: Colour = [250, 250, 250]
const INK: Colour = [0, 0, 0]
const MARK: Colour = [255, 225, 0]
/** What lies outside of the field. */
const OUTSIDE = '#808080'
const GAP = 4

export type SheetForm = { columns: number; side: number; fieldOfView: number }

/**
 * A PNG of single cells, row by row: each in the middle of a window of `fieldOfView` µm (more where its box is larger), `side`
 * pixels wide, with the corners of its box marked and its number above. Nothing says what the source takes a cell for.
 *
 * Errors: those of `decode`.
 */
export async function cellSheet(
  cells: readonly CellToRead[],
  imageOf: (name: string) => Promise<FieldImage>,
  { columns, side, fieldOfView }: SheetForm,
): Promise<Buffer> {
  const text = await letters(16)
  const [w, h] = [side + GAP, side + text.height + GAP]
  const rows = Math.ceil(cells.length / columns)
  const canvas: Raster = { width: columns * w, height: rows * h, data: new Uint8Array(0) }
  canvas.data = new Uint8Array(canvas.width * canvas.height * 3).fill(PAPER[0])
  for (const [at, cell] of cells.entries()) {
    const [x, y] = [(at % columns) * w, Math.floor(at / columns) * h]
    const { picture, box } = await cut(cell, await imageOf(cell.image), side, fieldOfView)
    write(canvas, `${cell.id}`, x + 2, y, text, INK)
    paste(canvas, picture, x, y + text.height)
    corners(canvas, box, x, y + text.height)
  }
  return sharp(canvas.data, { raw: { width: canvas.width, height: canvas.height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
}

type Box = { x: number; y: number; width: number; height: number }

/** The cell's window, enlarged to side × side pixels, and where its box lies in it. */
async function cut(cell: CellToRead, image: FieldImage, side: number, fieldOfView: number) {
  const [x, y, width, height] = cell.box
  const window = Math.round(Math.max(fieldOfView / cell.umPerPixel, 1.2 * width, 1.2 * height))
  const [left, top] = [Math.round(x + width / 2 - window / 2), Math.round(y + height / 2 - window / 2)]
  const inside = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(image.width, left + window),
    bottom: Math.min(image.height, top + window),
  }
  const part = await decode(image, (p) =>
    p.extract({
      left: inside.left,
      top: inside.top,
      width: inside.right - inside.left,
      height: inside.bottom - inside.top,
    }),
  )
  const whole = await sharp(part.data, { raw: { width: part.width, height: part.height, channels: 3 } })
    .extend({
      left: inside.left - left,
      top: inside.top - top,
      right: left + window - inside.right,
      bottom: top + window - inside.bottom,
      background: OUTSIDE,
    })
    .png()
    .toBuffer()
  const data = await sharp(whole).resize(side, side, { kernel: 'lanczos3' }).removeAlpha().raw().toBuffer()
  const zoom = side / window
  return {
    picture: { data: new Uint8Array(data), width: side, height: side },
    box: {
      x: Math.round((x - left) * zoom),
      y: Math.round((y - top) * zoom),
      width: Math.round(width * zoom),
      height: Math.round(height * zoom),
    },
  }
}

/** The four corners of the box, so that the cell's outline stays clear. */
function corners(canvas: Raster, { x, y, width, height }: Box, dx: number, dy: number): void {
  const long = Math.max(8, Math.round(Math.min(width, height) / 6))
  for (const right of [false, true]) {
    for (const low of [false, true]) {
      const [px, py] = [dx + (right ? x + width - 2 : x), dy + (low ? y + height - 2 : y)]
      fill(canvas, { x: right ? px + 2 - long : px, y: py, width: long, height: 2 }, MARK)
      fill(canvas, { x: px, y: low ? py + 2 - long : py, width: 2, height: long }, MARK)
    }
  }
}
