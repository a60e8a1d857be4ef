import type { Box } from './box.ts'
import type { Raster } from './decode.ts'

/** A square window on a raster; x and y may leave part of the window outside, on the right and at the bottom. */
export type Tile = { x: number; y: number; width: number; height: number }

export type Tiling = { size: number; overlap: number; multiple: number }

/**
 * Covers a raster with tiles of one shape. Along each axis: one tile as long as the raster (rounded up to `multiple`)
 * where that is no longer than `size`; otherwise tiles of `size`, evenly spaced, that overlap by at least `overlap`.
 */
export function tile(width: number, height: number, { size, overlap, multiple }: Tiling): Tile[] {
  const along = (length: number) => {
    const padded = Math.ceil(length / multiple) * multiple
    if (padded <= size) return { side: padded, starts: [0] }
    const steps = Math.ceil((length - size) / (size - overlap))
    return {
      side: size,
      starts: Array.from({ length: steps + 1 }, (_, i) => Math.round((i * (length - size)) / steps)),
    }
  }
  const columns = along(width)
  const rows = along(height)
  return rows.starts.flatMap((y) =>
    columns.starts.map((x) => ({ x, y, width: columns.side, height: rows.side })),
  )
}

/** The pixels of a window, RGB; where the window leaves the raster the edge pixels are repeated. */
export function cut(
  raster: Raster,
  { x, y, width, height }: Tile,
  out = new Uint8Array(width * height * 3),
): Uint8Array {
  const inside = Math.min(Math.max(raster.width - Math.max(x, 0), 0), width - Math.max(-x, 0))
  const left = Math.max(-x, 0)
  for (let row = 0; row < height; row++) {
    const source = Math.min(Math.max(y + row, 0), raster.height - 1) * raster.width
    const target = row * width
    if (inside > 0) {
      const start = (source + Math.max(x, 0)) * 3
      out.set(raster.data.subarray(start, start + inside * 3), (target + left) * 3)
    }
    for (let column = 0; column < width; column++) {
      if (inside > 0 && column === left) column += inside
      if (column >= width) break
      const from = (source + Math.min(Math.max(x + column, 0), raster.width - 1)) * 3
      out.set(raster.data.subarray(from, from + 3), (target + column) * 3)
    }
  }
  return out
}

/**
 * Whether a tile's edge that is not the raster's edge cuts a box, or may have, that another tile sees whole. `margin`
 * is how near to such an edge a box may end before it counts as cut. All in raster pixels.
 */
export function isCutHere(
  box: Box,
  here: Tile,
  tiles: readonly Tile[],
  raster: Raster,
  margin: number,
): boolean {
  if (room(box, here, raster) >= margin) return false
  return tiles.some((other) => other !== here && room(box, other, raster) >= margin)
}

/** Distance from a box to the nearest inner edge of a tile; negative when the box crosses it. */
function room([x, y, width, height]: Box, tile: Tile, raster: Raster): number {
  return Math.min(
    tile.x > 0 ? x - tile.x : Infinity,
    tile.y > 0 ? y - tile.y : Infinity,
    tile.x + tile.width < raster.width ? tile.x + tile.width - x - width : Infinity,
    tile.y + tile.height < raster.height ? tile.y + tile.height - y - height : Infinity,
  )
}
