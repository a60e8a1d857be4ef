import { expect, test } from 'vitest'
import { nothingMeasured } from './cell-measurements.ts'
import { cellWords } from './cell-words.ts'

const measured = {
  cellDiameterUm: 12.4,
  nucleusDiameterUm: 7,
  ncRatio: 0.32,
  nuclearRoundness: 0.5,
  nuclearLobes: 3,
  cytoplasmGranularity: 0.1,
  cytoplasmBlueness: 0.02,
  cut: false,
}

test('a segmented neutrophil in words', () => {
  expect(cellWords(measured)).toEqual({
    cellDiameterUm: 'medium',
    ncRatio: 'low',
    nuclearRoundness: 'lobed',
    cytoplasmGranularity: 'uneven',
    cytoplasmBlueness: 'pink',
  })
})

test('a blast in words', () => {
  const blast = {
    ...{ cellDiameterUm: 16, ncRatio: 0.8, nuclearRoundness: 0.95, nuclearLobes: 1 },
    ...{ cytoplasmGranularity: 0.03, cytoplasmBlueness: 0.3 },
  }
  expect(Object.values(cellWords({ ...measured, ...blast }))).toEqual([
    ...['large', 'high', 'round', 'even', 'blue'],
  ])
})

test('a limit belongs to the larger word', () => {
  const words = (one: Partial<typeof measured>) => cellWords({ ...measured, ...one })
  expect([9.99, 10, 15].map((um) => words({ cellDiameterUm: um }).cellDiameterUm)).toEqual([
    ...['small', 'medium', 'large'],
  ])
  expect([0.49, 0.5, 0.67].map((ratio) => words({ ncRatio: ratio }).ncRatio)).toEqual([
    ...['low', 'intermediate', 'high'],
  ])
  expect(words({ nuclearLobes: 1 }).nuclearRoundness).toBe('indented')
  expect(words({ nuclearLobes: 1, nuclearRoundness: 0.9 }).nuclearRoundness).toBe('round')
})

test('what is not measured has no word', () => {
  expect(Object.values(cellWords(nothingMeasured(true))).every((word) => word === null)).toBe(true)
})
