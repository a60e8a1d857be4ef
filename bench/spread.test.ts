import { expect, test } from 'vitest'
import { spread } from './spread.ts'

test.each([
  [[3], { median: 3, min: 3, max: 3 }],
  [[10, 9, 1], { median: 9, min: 1, max: 10 }],
  [[4, 100, 2, 3], { median: 3.5, min: 2, max: 100 }],
])('%j', (values, expected) => {
  expect(spread(values)).toEqual(expected)
})
