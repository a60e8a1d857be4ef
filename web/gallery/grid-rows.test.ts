import { describe, expect, test } from 'vitest'
import { blockOf, blocksOf, itemsBetween, nextRow, rowTop } from './grid-rows.ts'

const SIZES = { columns: 4, rowStep: 100, heading: 20 }
/** Rows: 0–3, 4; 5–8, 9–10; 11. */
const blocks = blocksOf([5, 6, 1], SIZES)

describe('rows of a grid with groups', () => {
  test('each group has its heading and starts a row of its own', () => {
    expect(blocks.map(({ first, top, rows, bottom }) => [first, top, rows, bottom])).toEqual([
      [0, 0, 20, 220],
      [5, 220, 240, 440],
      [11, 440, 460, 560],
    ])
    expect(rowTop(blockOf(blocks, 9)!, 9, SIZES)).toBe(340)
    expect(blockOf(blocks, 12)).toBeUndefined()
  })

  test('what lies between two heights is found, also across groups and beyond the end', () => {
    expect(itemsBetween(blocks, SIZES, 0, 100)).toEqual([0, 4])
    expect(itemsBetween(blocks, SIZES, 121, 250)).toEqual([4, 9])
    expect(itemsBetween(blocks, SIZES, 225, 239)).toEqual([5, 5])
    expect(itemsBetween(blocks, SIZES, 400, 9000)).toEqual([9, 12])
    expect(itemsBetween(blocks, SIZES, -500, 9000)).toEqual([0, 12])
    expect(itemsBetween([], SIZES, 0, 100)).toEqual([0, 0])
  })

  test('up and down keep the column where the row is long enough', () => {
    expect(nextRow(blocks, SIZES, 2, 1)).toBe(4)
    expect(nextRow(blocks, SIZES, 4, 1)).toBe(5)
    expect(nextRow(blocks, SIZES, 7, 1)).toBe(10)
    expect(nextRow(blocks, SIZES, 10, 1)).toBe(11)
    expect(nextRow(blocks, SIZES, 11, 1)).toBe(11)
    expect(nextRow(blocks, SIZES, 7, -1)).toBe(4)
    expect(nextRow(blocks, SIZES, 2, -1)).toBe(0)
  })
})
