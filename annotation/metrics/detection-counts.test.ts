import { expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import { detectionCounts, detectionShares, sumCounts } from './detection-counts.ts'

const LEFT: Box = [0, 0, 20, 20]
const RIGHT: Box = [20, 0, 20, 20]
const BOTH: Box = [0, 0, 40, 20]

const counts = (cells: Box[], found: Box[]) =>
  detectionCounts(
    {
      groundTruth: cells.map((box) => ({ box, touchesEdge: box === LEFT })),
      detections: found.map((box, i) => ({ box, score: 0.9 - i / 100 })),
    },
    0.5,
  )

const merged = counts([LEFT, RIGHT], [BOTH])
const split = counts([LEFT], [LEFT, [0, 0, 9, 9]])

test('sums over images', () => {
  expect(sumCounts([merged, split])).toEqual({
    ...{ cells: 3, hits: 2, extras: 1, borderCells: 2, borderHits: 1 },
    ...{ merges: 1, mergedCells: 2, splitCells: 1, splitExtras: 1 },
  })
})

test('shares are of the sums, and null where there is nothing', () => {
  expect(detectionShares([merged, split])).toEqual({
    ...{ recall: 2 / 3, precision: 2 / 3, borderRecall: 1 / 2, mergedShare: 2 / 3, splitShare: 1 / 3 },
  })
  expect(detectionShares([]).recall).toBeNull()
})
