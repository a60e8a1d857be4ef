import { CELL_CLASS_INFO, type CellClass, DOUBTFUL_BELOW } from '../../cytology/index.ts'
import type { Box } from '../api/geometry.ts'
import type { Cell } from '../api/types.ts'
import type { Scene } from './overlay-scene.ts'

/** Screen pixel = (original pixel - origin) · scale. */
export interface View {
  originX: number
  originY: number
  scale: number
  width: number
  height: number
}

export interface Look {
  selection: ReadonlySet<string>
  hovered: string | undefined
  /** The type of which the boxes stand out; the others are drawn faintly. */
  highlighted: CellClass | undefined
  /** A box that is being drawn or adjusted. */
  rubber: Box | undefined
  visible: (cell: Cell) => boolean
}

/** A box narrower than this on the screen carries no name. */
const NAMED_FROM = 56

/** How much is left of the boxes beside those that stand out. */
const FAINT = 0.25

/** With more boxes than this in view they are drawn without names and dashes, which nobody could read. */
const CROWD = 1500

/**
 * Draws the boxes in view. Their sides are filled rectangles on whole pixels: without a graphics card a browser fills
 * ten of those in the time in which it strokes one line, and one colour after the other spares changes of state.
 * True when there were too many for every frame of a movement.
 */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  look: Look,
): boolean {
  const { originX, originY, scale, width, height } = view
  context.clearRect(0, 0, width, height)
  const seen = scene
    .within({ x: originX, y: originY, width: width / scale, height: height / scale })
    .filter(look.visible)
  const crowded = seen.length > CROWD
  for (const [type, cells] of Map.groupBy(seen, (cell) => cell.type)) {
    const faint = look.highlighted !== undefined && look.highlighted !== type
    const thick = look.highlighted === type ? 4 : crowded ? 1 : 2
    context.fillStyle = CELL_CLASS_INFO[type].colour
    context.globalAlpha = faint ? FAINT : 1
    for (const cell of cells) {
      const x = Math.round((cell.box.x - originX) * scale)
      const y = Math.round((cell.box.y - originY) * scale)
      const w = Math.round(cell.box.width * scale)
      const h = Math.round(cell.box.height * scale)
      const doubtful = !crowded && !cell.reviewed && cell.probability < DOUBTFUL_BELOW
      across(context, x, y, w, thick, doubtful)
      across(context, x, y + h - thick, w, thick, doubtful)
      down(context, x, y, h, thick, doubtful)
      down(context, x + w - thick, y, h, thick, doubtful)
    }
  }
  context.globalAlpha = 1
  context.font = '600 11px system-ui, sans-serif'
  for (const cell of seen) {
    const chosen = look.selection.has(cell.id)
    if (chosen) frame(context, cell.box, view, CELL_CLASS_INFO[cell.type].colour)
    const aside = look.highlighted !== undefined && look.highlighted !== cell.type
    const legible = !crowded && !aside && cell.box.width * scale >= NAMED_FROM
    if (chosen || cell.id === look.hovered || legible) name(context, cell, view)
  }
  if (look.rubber) frame(context, look.rubber, view, '#0b5cab')
  return crowded
}

const DASH = 5
const GAP = 3

function across(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  w: number,
  thick: number,
  dashed: boolean,
) {
  if (!dashed) return context.fillRect(x, y, w, thick)
  for (let at = 0; at < w; at += DASH + GAP) context.fillRect(x + at, y, Math.min(DASH, w - at), thick)
}

function down(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  h: number,
  thick: number,
  dashed: boolean,
) {
  if (!dashed) return context.fillRect(x, y, thick, h)
  for (let at = 0; at < h; at += DASH + GAP) context.fillRect(x, y + at, thick, Math.min(DASH, h - at))
}

function frame(
  context: CanvasRenderingContext2D,
  box: Box,
  { originX, originY, scale }: View,
  colour: string,
): void {
  const [x, y] = [(box.x - originX) * scale, (box.y - originY) * scale]
  const [w, h] = [box.width * scale, box.height * scale]
  context.strokeStyle = '#ffffff'
  context.lineWidth = 5
  context.strokeRect(x, y, w, h)
  context.strokeStyle = colour
  context.lineWidth = 3
  context.strokeRect(x, y, w, h)
  context.fillStyle = '#ffffff'
  for (const [cx, cy] of [
    [x, y],
    [x + w, y],
    [x, y + h],
    [x + w, y + h],
  ] as const) {
    context.fillRect(cx - 4, cy - 4, 8, 8)
    context.lineWidth = 1
    context.strokeRect(cx - 4, cy - 4, 8, 8)
  }
}

function name(context: CanvasRenderingContext2D, cell: Cell, { originX, originY, scale }: View): void {
  const text = `${CELL_CLASS_INFO[cell.type].abbreviation}${cell.reviewed ? ' ✓' : ''}`
  const x = (cell.box.x - originX) * scale
  const y = (cell.box.y - originY) * scale - 3
  const { width } = context.measureText(text)
  context.fillStyle = 'rgb(255 255 255 / 0.85)'
  context.fillRect(x - 1, y - 11, width + 6, 14)
  context.fillStyle = '#1b1b1b'
  context.fillText(text, x + 2, y)
}
