import { CELL_CLASS_INFO } from '../../cytology/index.ts'
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
  /** A box that is being drawn or adjusted. */
  rubber: Box | undefined
  visible: (cell: Cell) => boolean
}

/** A box narrower than this on the screen carries no name. */
const NAMED_FROM = 56
const DOUBTFUL = 0.6

/** Draws the boxes in view: one path for each colour and kind of line, so that thousands cost a few strokes. */
export function drawOverlay(context: CanvasRenderingContext2D, scene: Scene, view: View, look: Look): void {
  const { originX, originY, scale, width, height } = view
  context.clearRect(0, 0, width, height)
  const seen = scene
    .within({ x: originX, y: originY, width: width / scale, height: height / scale })
    .filter(look.visible)
  const paths = new Map<string, Path2D>()
  for (const cell of seen) {
    const key = `${CELL_CLASS_INFO[cell.type].colour} ${!cell.reviewed && cell.probability < DOUBTFUL}`
    const path = paths.get(key) ?? new Path2D()
    paths.set(key, path)
    path.rect(
      (cell.box.x - originX) * scale,
      (cell.box.y - originY) * scale,
      cell.box.width * scale,
      cell.box.height * scale,
    )
  }
  context.lineWidth = 1.5
  for (const [key, path] of paths) {
    const [colour, doubtful] = key.split(' ')
    context.strokeStyle = colour!
    context.setLineDash(doubtful === 'true' ? [5, 3] : [])
    context.stroke(path)
  }
  context.setLineDash([])
  context.font = '600 11px system-ui, sans-serif'
  for (const cell of seen) {
    const chosen = look.selection.has(cell.id)
    if (chosen) frame(context, cell.box, view, CELL_CLASS_INFO[cell.type].colour)
    if (chosen || cell.id === look.hovered || cell.box.width * scale >= NAMED_FROM) name(context, cell, view)
  }
  if (look.rubber) frame(context, look.rubber, view, '#0b5cab')
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
