import { describe, expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import type { GroundTruth } from './evaluated-image.ts'
import { duplicates, touchingErrors } from './touching-errors.ts'

const LEFT: Box = [0, 0, 20, 20]
const RIGHT: Box = [22, 0, 20, 20]
const BOTH: Box = [0, 0, 42, 20]

function errors(cells: readonly (Box | GroundTruth)[], found: readonly Box[], score = 0.5) {
  const groundTruth = cells.map((cell) => ('box' in cell ? cell : { box: cell }))
  const detections = found.map((box, i) => ({ box, score: 0.9 - i / 100 }))
  return touchingErrors({ groundTruth, detections }, score)
}
const NONE = { merges: 0, mergedCells: 0, splitCells: 0, splitExtras: 0 }

describe('merged', () => {
  test('one box over two cells', () => {
    expect(errors([LEFT, RIGHT], [BOTH])).toEqual({ ...NONE, cells: 2, merges: 1, mergedCells: 2 })
  })
  test('also where it is just the hit of one of them', () => {
    const small: Box = [20, 0, 12, 20]
    expect(errors([LEFT, small], [[0, 0, 32, 20]])).toMatchObject({ merges: 1, mergedCells: 2 })
  })
  test('one box over three cells in a row', () => {
    expect(errors([LEFT, RIGHT, [44, 0, 20, 20]], [[0, 0, 64, 20]])).toMatchObject({
      merges: 1,
      mergedCells: 3,
    })
  })
  test('a cell that another box finds is not lost, the other one is', () => {
    expect(errors([LEFT, RIGHT], [LEFT, BOTH])).toMatchObject({ merges: 1, mergedCells: 1 })
  })
  test('not where each cell is found beside it: then it is only an extra', () => {
    expect(errors([LEFT, RIGHT], [LEFT, RIGHT, BOTH])).toEqual({ ...NONE, cells: 2 })
  })
  test('not a loose box that holds less than half of the neighbour', () => {
    expect(errors([LEFT, RIGHT], [[0, 0, 29, 20]])).toEqual({ ...NONE, cells: 2 })
  })
  test('not the good box of one cell in which most of a missed neighbour lies', () => {
    expect(errors([LEFT, [8, 8, 14, 14]], [LEFT])).toEqual({ ...NONE, cells: 2 })
  })
  test('an ignored box is no cell', () => {
    expect(errors([LEFT, { box: RIGHT, crowd: true }], [BOTH])).toEqual({ ...NONE, cells: 1 })
  })
})

describe('split', () => {
  test('a hit and one more box in the same cell', () => {
    expect(errors([LEFT], [LEFT, [0, 0, 9, 9]])).toEqual({ ...NONE, cells: 1, splitCells: 1, splitExtras: 1 })
  })
  test('two pieces of which none is a hit', () => {
    const pieces: Box[] = [
      [0, 0, 20, 9],
      [0, 11, 20, 9],
    ]
    expect(errors([LEFT], pieces)).toMatchObject({ splitCells: 1, splitExtras: 1 })
  })
  test('three pieces are two too many', () => {
    const pieces: Box[] = [LEFT, [0, 0, 9, 9], [11, 11, 9, 9]]
    expect(errors([LEFT], pieces)).toMatchObject({ splitCells: 1, splitExtras: 2 })
  })
  test('not one small box alone: the cell is missed, not split', () => {
    expect(errors([LEFT], [[0, 0, 9, 9]])).toEqual({ ...NONE, cells: 1 })
  })
  test('not a box that lies mostly outside', () => {
    expect(errors([LEFT], [LEFT, [16, 0, 10, 10]])).toEqual({ ...NONE, cells: 1 })
  })
  test('not the hit of a neighbour that lies mostly in this cell', () => {
    expect(errors([LEFT, [8, 8, 14, 14]], [LEFT, [8, 8, 14, 14]])).toEqual({ ...NONE, cells: 2 })
  })
  test('a piece counts in one cell only, the one that holds most of it', () => {
    const over: Box = [10, 0, 20, 20]
    expect(errors([over, LEFT], [over, LEFT, [1, 1, 15, 5]])).toEqual({
      ...NONE,
      cells: 2,
      splitCells: 1,
      splitExtras: 1,
    })
  })
  test('not a box that an ignored one absorbs', () => {
    expect(errors([LEFT, { box: [0, 0, 10, 10], crowd: true }], [LEFT, [0, 0, 9, 9]])).toEqual({
      ...NONE,
      cells: 1,
    })
  })
  test('boxes below the threshold take no part', () => {
    expect(errors([LEFT], [LEFT, [0, 0, 9, 9]], 0.895)).toEqual({ ...NONE, cells: 1 })
  })
})

test('duplicates are pairs that overlap by more than half, above the threshold', () => {
  const detections = [
    { box: LEFT, score: 0.9 },
    { box: [0, 0, 20, 18] as Box, score: 0.8 },
    { box: [0, 0, 19, 20] as Box, score: 0.3 },
    { box: [0, 0, 20, 9] as Box, score: 0.7 },
  ]
  expect(duplicates({ groundTruth: [], detections }, 0.5)).toBe(1)
  expect(duplicates({ groundTruth: [], detections }, 0.2)).toBe(3)
})
