import { expect, test } from 'vitest'
import { blandAltman } from './bland-altman.ts'

const sums = (differences: number[]) => ({
  cases: differences.length,
  sum: differences.reduce((a, b) => a + b, 0),
  squares: differences.reduce((a, b) => a + b * b, 0),
})

test('bias and limits of agreement of a few differences, worked out by hand', () => {
  // Mean 2; squares of the deviations 4 + 1 + 0 + 1 + 4 = 10, over 4.
  const found = blandAltman(sums([0, 1, 2, 3, 4]))!
  expect(found.bias).toBe(2)
  expect(found.sd).toBeCloseTo(Math.sqrt(2.5), 12)
  expect(found.high).toBeCloseTo(2 + 1.959964 * Math.sqrt(2.5), 12)
  expect(found.low).toBeCloseTo(2 - 1.959964 * Math.sqrt(2.5), 12)
})

test('differences that are all alike have no spread, and one case has none to speak of', () => {
  expect(blandAltman(sums(Array(1000).fill(0.1)))!.sd).toBeCloseTo(0, 6)
  expect(blandAltman(sums([3]))).toBeNull()
})
