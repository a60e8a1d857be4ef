import type { LabelledCrop } from '../../annotation/index.ts'
import { crops, type FieldImage, imageFromRaster, openImage, type Point, raster } from '../../vision/index.ts'
import { type Spread, spread } from '../spread.ts'

/** µm per pixel and pixels of the square around each cell: more than any option's crop shows. */
const [SCALE, SQUARE] = [0.25, 96]

export type TimedField = { image: FieldImage; umPerPixel: number; centres: Point[] }

/** Real cells of many pictures below each other in one field, so that they can go through the network together. */
export async function fieldOf(cells: readonly LabelledCrop[]): Promise<TimedField> {
  const squares: Uint8Array[] = []
  for (const { file, umPerPixel, centre } of cells) {
    const picture = await raster(await openImage(file), umPerPixel, SCALE)
    const [x, y] = centre.map((at) => (at * umPerPixel) / SCALE) as Point
    squares.push(crops(picture, [[x, y]], SQUARE).data)
  }
  const data = new Uint8Array(Buffer.concat(squares))
  return {
    image: imageFromRaster({ data, width: SQUARE, height: SQUARE * cells.length }),
    umPerPixel: SCALE,
    centres: cells.map((_, i): Point => [SQUARE / 2, SQUARE * (i + 0.5)]),
  }
}

/**
 * Milliseconds of each piece of work. All are done in turn in each round, after one round that does not count, so that whatever
 * else the machine does meets all of them.
 */
export async function inTurn(works: readonly (() => Promise<unknown>)[], rounds: number): Promise<Spread[]> {
  const times = works.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [i, work] of works.entries()) {
      const start = performance.now()
      await work()
      if (round > 0) times[i]!.push(performance.now() - start)
    }
  }
  return times.map(spread)
}

/** The same for one of so many cells. */
export function perCell({ median, min, max }: Spread, cells: number): Spread {
  return { median: median / cells, min: min / cells, max: max / cells }
}
