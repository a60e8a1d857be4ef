import { expect, test } from 'vitest'
import { byPeriod, startOf } from './periods.ts'
import { quartilesOf } from './quantiles.ts'

test.each([
  ['2024-01-01', 'week', '2024-01-01'],
  ['2024-03-03', 'week', '2024-02-26'],
  ['2023-01-01', 'week', '2022-12-26'],
  ['2024-02-29', 'month', '2024-02-01'],
  ['2024-02-29', 'day', '2024-02-29'],
  ['2024-13-45', 'day', undefined],
] as const)('%s belongs to the %s of %s', (day, step, start) => {
  expect(startOf(day, step)).toBe(start)
})

test('periods without a day are there with zeros, and a mistyped year makes no endless list', () => {
  const days = [
    { day: '2024-03-31', cases: 2 },
    { day: '2024-01-31', cases: 1 },
    { day: '2024-03-01', cases: 3 },
  ]
  expect(byPeriod(days, 'month', ['cases'])).toEqual([
    { start: '2024-01-01', cases: 1 },
    { start: '2024-02-01', cases: 0 },
    { start: '2024-03-01', cases: 5 },
  ])
  const mistyped = byPeriod([...days, { day: '0204-03-01', cases: 9 }], 'day', ['cases'])
  expect(mistyped).toHaveLength(1200)
  expect(mistyped.at(-1)).toEqual({ start: '2024-03-31', cases: 2 })
})

test('quartiles as of the values laid out one by one', () => {
  const values = [1, 1, 1, 2, 5, 5, 9]
  const histogram = [
    { value: 9, count: 1 },
    { value: 1, count: 3 },
    { value: 5, count: 2 },
    { value: 2, count: 1 },
  ]
  expect(quartilesOf(histogram)).toEqual({ median: 2, q1: values[1], q3: 5 })
  expect(
    quartilesOf([
      { value: 1, count: 1 },
      { value: 2, count: 1 },
    ]),
  ).toEqual({ median: 1.5, q1: 1.25, q3: 1.75 })
  expect(quartilesOf([])).toEqual({ median: null, q1: null, q3: null })
})
