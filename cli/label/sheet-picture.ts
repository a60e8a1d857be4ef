import sharp from 'sharp'
import type { LabelledBox, LabelledField } from '../../annotation/index.ts'
import { decode, type FieldImage, type Raster } from '../../vision/index.ts'
import { type Colour, fill, frame, inkOn, paste, write } from '../overlay/canvas.ts'
import { type Letters, letters } from '../overlay/letters.ts'

/** Colours that stand out on stained cells; neighbours in reading order differ. */
const COLOURS: readonly Colour[] = [
  [255, 225, 0],
  [0, 230, 255],
  [120, 255, 60],
  [255, 150, 30],
  [255, 255, 255],
  [255, 110, 190],
]
const PAPER: Colour = [250, 250, 250]
const INK: Colour = [0, 0, 0]
const GRID: Colour = [90, 90, 90]

/** Ticks of the ruler, in pixels of the original image. */
const [SMALL, LARGE] = [10, 50]

/**
 * A PNG of a field, enlarged, twice: with numbered boxes (ignored ones dashed), and clean. Both stand in a ruler whose
 * ticks are pixels of the original image, ten apart, and show a faint point where the lines of fifty cross. The copies
 * stand side by side or one below the other, whichever is nearer to a square.
 *
 * Errors: those of `decode`.
 */
export async function sheet(image: FieldImage, field: LabelledField, zoom: number): Promise<Buffer> {
  const [width, height] = [Math.round(image.width * zoom), Math.round(image.height * zoom)]
  const picture = await decode(image, (p) => p.resize(width, height, { fit: 'fill', kernel: 'cubic' }))
  const text = await letters(Math.round(Math.min(8 + 2 * zoom, 16)))
  const rim = text.width * 4 + 6
  const [w, h] = [width + 2 * rim, height + 2 * (text.height + 8)]
  const below = w > h
  const canvas: Raster = {
    width: below ? w : 2 * w,
    height: (below ? 2 * h : h) + text.height,
    data: new Uint8Array(0),
  }
  canvas.data = new Uint8Array(canvas.width * canvas.height * 3).fill(PAPER[0])
  const ignored = field.boxes.filter(({ ignore }) => ignore).length
  write(canvas, `${field.file}: ${field.boxes.length} boxes, ${ignored} ignored`, rim, 0, text, INK)
  const places = [[0, 0], below ? [0, h] : [w, 0]] as const
  for (const [copy, [dx, dy]] of places.entries()) {
    const at = { x: dx + rim, y: dy + 2 * text.height + 8, zoom }
    paste(canvas, picture, at.x, at.y)
    rulers(canvas, image, at, text)
    if (copy > 0) continue
    for (const box of field.boxes) drawBox(canvas, box, at)
    // Numbers go on top of all boxes, so that a neighbour never strikes one out.
    for (const box of field.boxes) drawNumber(canvas, box, at, text)
  }
  return sharp(canvas.data, { raw: { width: canvas.width, height: canvas.height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
}

/** Where a copy of the picture lies on the sheet. */
type Place = { x: number; y: number; zoom: number }

function rulers(canvas: Raster, image: FieldImage, { x, y, zoom }: Place, text: Letters): void {
  const [right, bottom] = [x + Math.round(image.width * zoom), y + Math.round(image.height * zoom)]
  for (let at = 0; at <= image.width; at += SMALL) {
    const [px, long] = [x + Math.round(at * zoom), at % LARGE === 0 ? 7 : 3]
    fill(canvas, { x: px, y: y - long, width: 1, height: long }, INK)
    fill(canvas, { x: px, y: bottom, width: 1, height: long }, INK)
    if (at % LARGE > 0) continue
    const left = px - Math.round((`${at}`.length * text.width) / 2)
    write(canvas, `${at}`, left, y - 7 - text.height, text, INK)
    write(canvas, `${at}`, left, bottom + 7, text, INK)
  }
  for (let at = 0; at <= image.height; at += SMALL) {
    const [py, long] = [y + Math.round(at * zoom), at % LARGE === 0 ? 7 : 3]
    fill(canvas, { x: x - long, y: py, width: long, height: 1 }, INK)
    fill(canvas, { x: right, y: py, width: long, height: 1 }, INK)
    if (at % LARGE > 0) continue
    const top = py - Math.round(text.height / 2)
    write(canvas, `${at}`, x - 8 - `${at}`.length * text.width, top, text, INK)
    write(canvas, `${at}`, right + 9, top, text, INK)
  }
  for (let gy = LARGE; gy < image.height; gy += LARGE) {
    for (let gx = LARGE; gx < image.width; gx += LARGE) {
      const [px, py] = [x + Math.round(gx * zoom), y + Math.round(gy * zoom)]
      fill(canvas, { x: px - 3, y: py, width: 7, height: 1 }, GRID)
      fill(canvas, { x: px, y: py - 3, width: 1, height: 7 }, GRID)
    }
  }
}

function colourOf({ number }: LabelledBox): Colour {
  return COLOURS[(number ?? 1) % COLOURS.length]!
}

/** The box's outline lies on its outermost pixels, so that what it cuts off shows. */
function drawBox(canvas: Raster, labelled: LabelledBox, { x, y, zoom }: Place): void {
  const [bx, by, w, h] = labelled.box
  const [left, top] = [Math.round(bx * zoom), Math.round(by * zoom)]
  const area = {
    x: x + left,
    y: y + top,
    width: Math.round((bx + w) * zoom) - left,
    height: Math.round((by + h) * zoom) - top,
  }
  const thick = zoom > 2 ? 2 : 1
  frame(canvas, area, thick, colourOf(labelled), labelled.ignore ?? false)
}

/** In the box's top left corner. */
function drawNumber(canvas: Raster, labelled: LabelledBox, { x, y, zoom }: Place, text: Letters): void {
  const label = `${labelled.number ?? ''}`
  const left = x + Math.round(labelled.box[0] * zoom)
  const top = y + Math.round(labelled.box[1] * zoom)
  const colour = colourOf(labelled)
  fill(canvas, { x: left, y: top, width: label.length * text.width, height: text.height }, colour)
  write(canvas, label, left, top, text, inkOn(colour))
}
