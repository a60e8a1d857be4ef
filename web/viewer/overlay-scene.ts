/** What the overlay draws and what lies under the pointer, without any drawing. */
import { type Box, contains } from '../api/geometry.ts'
import type { Cell } from '../api/types.ts'

const TILE = 256

/** Cells of one field by the squares of a grid, so that looking one up does not depend on how many there are. */
export class Scene {
  readonly #tiles = new Map<string, Cell[]>()
  readonly cells: readonly Cell[]

  constructor(cells: readonly Cell[]) {
    this.cells = cells
    for (const cell of cells) {
      for (const key of tilesOf(cell.box)) {
        const tile = this.#tiles.get(key)
        if (tile) tile.push(cell)
        else this.#tiles.set(key, [cell])
      }
    }
  }

  /** Cells that touch the view (original pixels). */
  within(view: Box): readonly Cell[] {
    const keys = tilesOf(view)
    // The whole field is in view: looking at each cell is quicker than gathering them by squares.
    const some = keys.length >= this.#tiles.size ? this.cells : this.#gather(keys)
    return some.filter(
      ({ box }) =>
        box.x < view.x + view.width &&
        box.y < view.y + view.height &&
        box.x + box.width > view.x &&
        box.y + box.height > view.y,
    )
  }

  #gather(keys: readonly string[]): Cell[] {
    const found = new Set<Cell>()
    for (const key of keys) for (const cell of this.#tiles.get(key) ?? []) found.add(cell)
    return [...found]
  }

  /** The smallest box under a point that can be seen: of two that lie one in the other the inner one can be reached. */
  at(x: number, y: number, seen: (cell: Cell) => boolean = () => true): Cell | undefined {
    const here = (this.#tiles.get(keyOf(x, y)) ?? []).filter((cell) => contains(cell.box, x, y) && seen(cell))
    return here.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0]
  }
}

const keyOf = (x: number, y: number) => `${Math.floor(x / TILE)} ${Math.floor(y / TILE)}`

function tilesOf({ x, y, width, height }: Box): string[] {
  const keys: string[] = []
  for (let row = Math.floor(y / TILE); row <= Math.floor((y + height) / TILE); row++) {
    for (let column = Math.floor(x / TILE); column <= Math.floor((x + width) / TILE); column++) {
      keys.push(`${column} ${row}`)
    }
  }
  return keys
}

export type Corner = 'nw' | 'ne' | 'sw' | 'se'

/** The corner of a box that a pointer takes hold of, `reach` pixels around it. */
export function cornerAt(
  { x, y, width, height }: Box,
  px: number,
  py: number,
  reach: number,
): Corner | undefined {
  const near = (cx: number, cy: number) => Math.abs(px - cx) <= reach && Math.abs(py - cy) <= reach
  if (near(x, y)) return 'nw'
  if (near(x + width, y)) return 'ne'
  if (near(x, y + height)) return 'sw'
  if (near(x + width, y + height)) return 'se'
  return undefined
}

/** The box with one corner moved, never turned inside out, within the image. */
export function moveCorner(
  box: Box,
  corner: Corner,
  px: number,
  py: number,
  image: { width: number; height: number },
): Box {
  const x = Math.min(Math.max(px, 0), image.width)
  const y = Math.min(Math.max(py, 0), image.height)
  const fixedX = corner.endsWith('w') ? box.x + box.width : box.x
  const fixedY = corner.startsWith('n') ? box.y + box.height : box.y
  return between(fixedX, fixedY, x, y)
}

export const between = (x: number, y: number, x2: number, y2: number): Box => ({
  x: Math.min(x, x2),
  y: Math.min(y, y2),
  width: Math.abs(x2 - x),
  height: Math.abs(y2 - y),
})

/** A round length (1, 2 or 5 times a power of ten) that takes at most `most` pixels on the screen. */
export function scaleBar(umPerScreenPixel: number, most: number): { um: number; pixels: number } {
  const longest = most * umPerScreenPixel
  const power = 10 ** Math.floor(Math.log10(longest))
  const um = [5, 2, 1].map((n) => n * power).find((length) => length <= longest) ?? power
  return { um, pixels: um / umPerScreenPixel }
}
