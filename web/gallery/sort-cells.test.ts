import { expect, test } from 'vitest'
import type { Cell, Field } from '../api/types.ts'
import { sortCells } from './sort-cells.ts'

const cell = (id: string, fieldId: string, probability: number, side: number, y = 0) =>
  ({ id, fieldId, probability, type: 'blast', box: { x: 0, y, width: side, height: side } }) as Cell
const fields = new Map(
  [['f', 1, 0.1] as const, ['g', 2, 0.2] as const].map(([id, number, umPerPixel]) => [
    id,
    { id, number, umPerPixel } as Field,
  ]),
)
const cells = [cell('a', 'g', 0.9, 60), cell('b', 'f', 0.4, 100), cell('c', 'f', 0.9, 80, 50)]
const ids = (order: Parameters<typeof sortCells>[1]) => sortCells(cells, order, fields).map((c) => c.id)

test('by doubt, confidence, physical size, field', () => {
  expect(ids('doubt')).toEqual(['b', 'c', 'a'])
  expect(ids('confidence')).toEqual(['c', 'a', 'b'])
  expect(ids('size')).toEqual(['a', 'b', 'c'])
  expect(ids('field')).toEqual(['b', 'c', 'a'])
})

test('by similarity, the unknown last', () => {
  const similarity = new Map([
    ['a', -0.2],
    ['c', 0.9],
  ])
  expect(sortCells(cells, 'similarity', fields, similarity).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  expect(sortCells(cells, 'similarity', fields).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
})

test('the most unlike their type first, the unknown last', () => {
  const unlike = new Map([
    ['a', 0.2],
    ['c', 0.9],
  ])
  expect(sortCells(cells, 'unlike', fields, unlike).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
})
