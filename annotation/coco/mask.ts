import { boxAround, type Point } from '../box-around.ts'
import { lengthIn } from '../foreign-values.ts'
import type { Box } from '../labelled-image.ts'

/** The box around a COCO segmentation, polygons or a run-length mask; undefined where it encloses nothing that can be read. */
export function boxOfSegmentation(segmentation: unknown): Box | undefined {
  const box = Array.isArray(segmentation) ? boxOfPolygons(segmentation) : boxOfMask(segmentation)
  return box !== undefined && box[2] > 0 && box[3] > 0 ? box : undefined
}

/** Polygons are lists of x, y, x, y and so on. */
function boxOfPolygons(polygons: readonly unknown[]): Box | undefined {
  const lists = polygons.every((value) => typeof value === 'number') ? [polygons] : polygons
  const points: Point[] = []
  for (const list of lists) {
    if (!Array.isArray(list) || list.length % 2 !== 0) return undefined
    if (!list.every((value) => typeof value === 'number')) return undefined
    for (let at = 0; at < list.length; at += 2) points.push([list[at]!, list[at + 1]!])
  }
  return points.length > 0 ? boxAround(points) : undefined
}

/** Runs of pixels out of and in the cell by turns, column by column from the left top corner. */
function boxOfMask(mask: unknown): Box | undefined {
  const { size, counts } = (mask ?? {}) as Record<string, unknown>
  const [height, width] = Array.isArray(size) ? size.map(lengthIn) : []
  const runs = typeof counts === 'string' ? runsIn(counts) : counts
  if (height === undefined || width === undefined || !Array.isArray(runs)) return undefined
  const corners: Point[] = []
  let place = 0
  for (const [at, run] of runs.entries()) {
    if (!Number.isInteger(run) || run < 0) return undefined
    if (at % 2 === 1 && run > 0) {
      const last = place + run - 1
      const [left, right] = [Math.floor(place / height), Math.floor(last / height)]
      const isOneColumn = left === right
      corners.push([left!, isOneColumn ? place % height : 0])
      corners.push([right! + 1, isOneColumn ? (last % height) + 1 : height])
    }
    place += run
  }
  return place === height * width && corners.length > 0 ? boxAround(corners) : undefined
}

/**
 * Runs as pycocotools packs them into text (rleFrString in maskApi.c): six bits a letter from '0' on, the lowest first, the
 * sixth says that more follow; from the fourth run on each is told by its difference to the last but one.
 */
function runsIn(text: string): number[] {
  const runs: number[] = []
  for (let at = 0; at < text.length; ) {
    let [value, shift, bits] = [0, 0, 0]
    do {
      bits = text.charCodeAt(at++) - 48
      value |= (bits & 0x1f) << shift
      shift += 5
    } while (bits & 0x20 && at < text.length)
    if (bits & 0x10) value |= -1 << shift
    runs.push(runs.length > 2 ? value + runs.at(-2)! : value)
  }
  return runs
}
