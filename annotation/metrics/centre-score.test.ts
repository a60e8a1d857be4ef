import { describe, expect, test } from 'vitest'
import type { Box, LabelledCrop } from '../labelled-image.ts'
import { centreScore } from './centre-score.ts'

const found = (...boxes: [box: Box, score: number][]) => boxes.map(([box, score]) => ({ box, score }))

describe('the centre cell', () => {
  /** 100×100 pixels of 0.1 µm. */
  const cell: LabelledCrop = {
    file: 'blast.png',
    source: 'matek',
    type: 'blast',
    umPerPixel: 0.1,
    centre: [50, 50],
  }

  test('is found by a box that contains the centre', () => {
    expect(centreScore(cell, found([[20, 20, 60, 60], 0.7]))).toBe(0.7)
  })

  test('is not found by a neighbour beside the centre', () => {
    expect(centreScore(cell, found([[51, 20, 40, 60], 0.9]))).toBeNull()
  })

  test('is not found by a box larger than 30 µm', () => {
    expect(centreScore(cell, found([[0, 0, 300, 100], 0.9]))).toBe(0.9)
    expect(centreScore(cell, found([[0, 0, 301, 100], 0.9]))).toBeNull()
  })

  test('takes the best of several', () => {
    expect(
      centreScore(cell, found([[20, 20, 60, 60], 0.3], [[25, 20, 60, 60], 0.6], [[0, 0, 9, 9], 1])),
    ).toBe(0.6)
  })
})
