import { type Box, clip } from './box.ts'
import type { FieldImage, Raster } from './decode.ts'
import type { Detector } from './models.ts'
import { nms, type Scored } from './nms.ts'
import { raster } from './raster.ts'
import { calibratedScore, networkScore, type ScoreCalibration } from './score-calibration.ts'
import { cut, isCutHere, type Tile, tile } from './tiles.ts'

export type DetectedCell = {
  /** Original pixels, rounded to 0.1, inside the image. */
  box: Box
  /** 0..1; the probability of a cell where the card has a calibration */
  score: number
  /** The box ends at the edge of the image, so the cell may be cut. */
  touchesEdge: boolean
}

export type Steps = {
  signal?: AbortSignal | undefined
  /** Called after each piece of work with the share done, 0..1, and the cells found so far. */
  onProgress?: ((done: number, cells: number) => void) | undefined
}

export type DetectOptions = Steps & {
  /** Instead of the card's; 0 gives the whole precision-recall curve. */
  scoreThreshold?: number
}

/** How near to the edge of the image a box must end to touch it, in working pixels. */
const EDGE_TOLERANCE = 2

/**
 * Finds the nucleated cells of a field whose pixels are `umPerPixel` µm wide, sorted by y, then x, of the box.
 *
 * The field is brought to the detector's scale and cut into overlapping tiles. A box at the inner edge of a tile is
 * left to the neighbour that sees it whole; what two tiles still both found is counted once by suppression.
 *
 * Errors: those of `raster`; the signal's reason when it is aborted.
 */
export async function detectCells(
  { detector }: { detector: Detector },
  image: FieldImage,
  umPerPixel: number,
  { signal, onProgress, scoreThreshold = detector.card.scoreThreshold }: DetectOptions = {},
): Promise<DetectedCell[]> {
  const { tile: tiling, sizeMultiple, nmsIou, scoreCalibration } = detector.card
  const field = await raster(image, umPerPixel, detector.card.umPerPixel)
  const tiles = tile(field.width, field.height, { ...tiling, multiple: sizeMultiple })
  const margin = tiling.overlap / 8
  const found: Scored[] = []
  for (const [i, here] of tiles.entries()) {
    signal?.throwIfAborted()
    const input = { data: cut(field, here), shape: [1, here.height, here.width, 3] }
    const { boxes, scores } = await detector.network.run({ image: input })
    const inField = candidates(boxes!.data, scores!.data, scoreThreshold, here, scoreCalibration)
    const whole = inField.filter(({ box }) => !isCutHere(box, here, tiles, field, margin))
    found.push(...nms(whole, nmsIou))
    onProgress?.((i + 1) / tiles.length, found.length)
  }
  return inOriginalPixels(nms(inside(nms(found, nmsIou), field), nmsIou), field, image)
}

/**
 * The parts of boxes that are in the field. Two that are apart only in what lies outside are one cell, so they are suppressed
 * once more: at the border of real fields this takes away a second box of some cells.
 */
function inside(cells: readonly Scored[], { width, height }: Raster): Scored[] {
  return cells
    .map(({ box, score }) => ({ box: clip(box, width, height), score }))
    .filter(({ box }) => box[2] > 0 && box[3] > 0)
}

/** What one run answered, from the corners of boxes in the tile to boxes in the field. */
function candidates(
  corners: Float32Array,
  scores: Float32Array,
  threshold: number,
  { x, y }: Tile,
  calibration?: ScoreCalibration,
): Scored[] {
  const found: Scored[] = []
  const least = networkScore(threshold, calibration)
  for (const [i, score] of scores.entries()) {
    if (!(score >= least)) continue
    const [x1, y1, x2, y2] = corners.subarray(i * 4, i * 4 + 4) as Iterable<number> as [
      number,
      number,
      number,
      number,
    ]
    found.push({ box: [x + x1, y + y1, x2 - x1, y2 - y1], score: calibratedScore(score, calibration) })
  }
  return found
}

function inOriginalPixels(cells: readonly Scored[], field: Raster, image: FieldImage): DetectedCell[] {
  const scaleX = image.width / field.width
  const scaleY = image.height / field.height
  return cells
    .map(({ box: [x, y, width, height], score }) => {
      const left = tenths(x * scaleX)
      const top = tenths(y * scaleY)
      const right = tenths((x + width) * scaleX)
      const bottom = tenths((y + height) * scaleY)
      return {
        box: [left, top, tenths(right - left), tenths(bottom - top)] satisfies Box,
        score,
        touchesEdge: Math.min(x, y, field.width - x - width, field.height - y - height) < EDGE_TOLERANCE,
      }
    })
    .sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0])
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
