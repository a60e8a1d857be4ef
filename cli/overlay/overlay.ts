import sharp from 'sharp'
import { CELL_CLASS_INFO, INTENDED_USE } from '../../cytology/index.ts'
import { type CellResult, decode, type FieldImage } from '../../vision/index.ts'
import { fill, frame, inkOn, parseColour, write } from './canvas.ts'
import { type Letters, letters } from './letters.ts'

/** Longest side of an overlay, pixels. */
const MAX_SIDE = 4096

/** Below this probability of its type a cell's box is dashed. */
const LOW_CONFIDENCE = 0.6

/**
 * A PNG of a field with each cell's box in the colour of its type, and a label of abbreviation and probability.
 * Boxes of doubtful cells are dashed. `caption` stands at the bottom, before what the picture is for. At
 * most 4096 pixels on the long side.
 *
 * Errors: those of `decode`.
 */
export async function overlay(
  image: FieldImage,
  cells: readonly CellResult[],
  caption = '',
): Promise<Buffer> {
  const zoom = Math.min(1, MAX_SIDE / Math.max(image.width, image.height))
  const [width, height] = [Math.round(image.width * zoom), Math.round(image.height * zoom)]
  const canvas = await decode(image, (picture) =>
    zoom < 1 ? picture.resize(width, height, { fit: 'fill' }) : picture,
  )
  const unit = Math.max(width, height) / 640
  const thick = Math.max(1, Math.round(unit))
  const text = await letters(Math.round(Math.min(Math.max(9 * unit, 11), 36)))
  for (const cell of cells) drawBox(canvas, cell, zoom, thick)
  // Labels go on top of all boxes, so that a neighbour never strikes one out.
  for (const cell of cells) drawLabel(canvas, cell, zoom, text)
  drawCaption(canvas, `${caption} ${INTENDED_USE}`.trim(), text)
  return sharp(canvas.data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

type Canvas = Awaited<ReturnType<typeof decode>>

function colourOf({ type }: CellResult) {
  return parseColour(CELL_CLASS_INFO[type].colour)
}

function drawBox(canvas: Canvas, cell: CellResult, zoom: number, thick: number): void {
  const [left, top, width, height] = cell.box.map((v) => v * zoom) as CellResult['box']
  const x = Math.floor(left)
  const y = Math.floor(top)
  const area = { x, y, width: Math.ceil(left + width) - x, height: Math.ceil(top + height) - y }
  frame(canvas, area, thick, colourOf(cell), cell.probability < LOW_CONFIDENCE)
}

/** Above the box where there is room, else just inside it. */
function drawLabel(canvas: Canvas, cell: CellResult, zoom: number, text: Letters): void {
  const label = `${CELL_CLASS_INFO[cell.type].abbreviation} ${cell.probability.toFixed(2)}`
  const width = label.length * text.width
  const x = Math.max(0, Math.min(Math.floor(cell.box[0] * zoom), canvas.width - width))
  const top = Math.floor(cell.box[1] * zoom)
  const y = top >= text.height ? top - text.height : top
  const colour = colourOf(cell)
  fill(canvas, { x, y, width, height: text.height }, colour)
  write(canvas, label, x, y, text, inkOn(colour))
}

function drawCaption(canvas: Canvas, caption: string, text: Letters): void {
  const y = canvas.height - text.height
  fill(canvas, { x: 0, y, width: caption.length * text.width, height: text.height }, [255, 255, 255])
  write(canvas, caption, 0, y, text, [0, 0, 0])
}
