import { describe, expect, test } from 'vitest'
import type { Box, EvaluatedImage } from '../../annotation/index.ts'
import { fieldScores } from './detector-scores.ts'

const CELL: Box = [10, 10, 20, 20]
const OTHER: Box = [60, 10, 20, 20]
const AT_THE_EDGE: Box = [0, 60, 15, 20]
const NOWHERE: Box = [60, 60, 20, 20]

/** Two cells, one of them at the edge; the first is found surely, the other below the threshold; one find is none. */
const image: EvaluatedImage = {
  groundTruth: [{ box: CELL }, { box: AT_THE_EDGE, touchesEdge: true }],
  detections: [
    { box: CELL, score: 0.9 },
    { box: NOWHERE, score: 0.8 },
    { box: AT_THE_EDGE, score: 0.3 },
  ],
}
const perfect: EvaluatedImage = { groundTruth: [{ box: OTHER }], detections: [{ box: OTHER, score: 0.95 }] }

describe('with complete labels', () => {
  const scores = fieldScores('drawn', [image, perfect], 0.5, 'complete')

  test('counts at the shipped threshold', () => {
    expect(scores).toMatchObject({ source: 'drawn', images: 2, cells: 3, labels: 'complete' })
    expect(scores.precision!.value).toBeCloseTo(2 / 3, 12)
    expect(scores.recall!.value).toBeCloseTo(2 / 3, 12)
    expect(scores.border).toMatchObject({ cells: 1, recall: { value: 0 } })
  })

  test('AP looks at the whole curve, below the threshold too', () => {
    // hit, hit, miss, hit: precision 1 up to recall 2/3 (67 of 101 points), then 3/4
    expect(scores.ap50!.value).toBeCloseTo((67 + 34 * 0.75) / 101, 12)
    expect(scores.ap!.value).toBeCloseTo(scores.ap50!.value, 12)
    expect(scores.curve!.at(-1)).toEqual({ score: 0.3, precision: 0.75, recall: 1 })
  })

  test('intervals span what single images give', () => {
    expect(scores.recall!.low).toBe(0.5)
    expect(scores.recall!.high).toBe(1)
  })
})

test('where the labels are partial, only recall has a meaning', () => {
  const scores = fieldScores('plasma', [image, perfect], 0.5, 'partial')
  expect(scores.recall!.value).toBeCloseTo(2 / 3, 12)
  expect(scores).toMatchObject({ ap: null, ap50: null, ap75: null, precision: null, curve: null })
})

test('an ignored cell is neither found nor missed, nor is a find in it wrong', () => {
  const doubtful = { box: NOWHERE, crowd: true }
  const scores = fieldScores(
    'doubt',
    [{ ...image, groundTruth: [...image.groundTruth, doubtful] }],
    0.5,
    'complete',
  )
  expect(scores.cells).toBe(2)
  expect(scores.precision!.value).toBe(1)
})

test('a loose box counts at IoU 0.5 but not at 0.75', () => {
  const loose: EvaluatedImage = {
    groundTruth: [{ box: CELL }],
    detections: [{ box: [10, 10, 20, 32], score: 0.9 }],
  }
  const scores = fieldScores('loose', [loose], 0.5, 'complete')
  expect(scores.ap50!.value).toBe(1)
  expect(scores.ap75!.value).toBe(0)
  expect(scores.ap!.value).toBeCloseTo(0.3, 12)
})

test('images without cells leave the figures empty', () => {
  const scores = fieldScores('empty', [{ groundTruth: [], detections: [] }], 0.5, 'complete')
  expect(scores).toMatchObject({ cells: 0, ap50: null, precision: null, recall: null, curve: [] })
})
