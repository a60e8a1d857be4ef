import { expect, test } from 'vitest'
import { clopperPearson } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'
import { countCells, totalToSettle } from './counts.ts'

test('counts what is there, or what was settled; removed cells never', () => {
  const cell = (type: string, reviewed: boolean, deleted = false) => ({ type, reviewed, deleted }) as Cell
  const cells = [cell('blast', true), cell('blast', false), cell('monocyte', true), cell('blast', true, true)]
  expect(countCells(cells, false)).toEqual({ blast: 2, monocyte: 1 })
  expect(countCells(cells, true)).toEqual({ blast: 1, monocyte: 1 })
})

test('says how many cells settle a share near a threshold', () => {
  expect(totalToSettle(100, 200, 20)).toBe(200)
  const total = totalToSettle(8, 200, 5)!
  expect(total).toBeGreaterThan(200)
  expect(clopperPearson(Math.round(0.04 * total), total)!.high).toBeLessThan(0.05)
  expect(totalToSettle(10, 200, 5)).toBeNull()
})
