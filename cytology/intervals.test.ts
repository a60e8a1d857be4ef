import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clopperPearson, type Interval } from './intervals.ts'

const interval = (count: number, total: number): Interval => clopperPearson(count, total)!

/** A count out of a total of cells, such as a case may have. */
const counted = fc
  .integer({ min: 1, max: 2000 })
  .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)))

/** P(X = k) for k = 0…n, by the recurrence from Pascal's triangle: nothing in common with the code under test. */
function binomial(n: number, p: number): number[] {
  let row = [1]
  for (let trial = 0; trial < n; trial++) {
    row = [...row, 0].map((same, k) => same * (1 - p) + (row[k - 1] ?? 0) * p)
  }
  return row
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)

// Values of scipy.stats.beta.ppf(.025, k, n - k + 1) and ppf(.975, k + 1, n - k), SciPy 1.17.1.
test.each([
  [25, 500, 0.03261518014933, 0.07292762165048],
  [100, 500, 0.16580012584383, 0.23779183027991],
  [1, 500, 5.063433400742e-5, 0.01109247689897],
  [499, 500, 0.98890752310103, 0.99994936566599],
  [3, 7, 0.09898827844251, 0.81594843235992],
  [10, 10_000, 0.000479639723771, 0.001838264134211],
  [5000, 10_000, 0.49015138058998, 0.50984861941002],
])('%i of %i agrees with the beta quantiles', (count, total, low, high) => {
  expect(interval(count, total).low).toBeCloseTo(low, 10)
  expect(interval(count, total).high).toBeCloseTo(high, 10)
})

test('none and all have closed forms, nothing has no interval', () => {
  const edge = 0.025 ** (1 / 200)
  expect(interval(0, 200).low).toBe(0)
  expect(interval(0, 200).high).toBeCloseTo(1 - edge, 12)
  expect(interval(200, 200).low).toBeCloseTo(edge, 12)
  expect(interval(200, 200).high).toBe(1)
  expect(clopperPearson(0, 0)).toBeNull()
})

test('brackets the proportion inside 0…1', () => {
  fc.assert(
    fc.property(counted, ([count, total]) => {
      const { low, high } = interval(count, total)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThanOrEqual(count / total)
      expect(high).toBeGreaterThanOrEqual(count / total)
      expect(high).toBeLessThanOrEqual(1)
    }),
  )
})

test('counting the other cells mirrors it, and one more cell moves it up', () => {
  fc.assert(
    fc.property(counted, ([count, total]) => {
      const { low, high } = interval(count, total)
      expect(interval(total - count, total).low).toBeCloseTo(1 - high, 12)
      if (count === total) return
      expect(interval(count + 1, total).low).toBeGreaterThan(low)
      expect(interval(count + 1, total).high).toBeGreaterThan(high)
    }),
  )
})

test('counting on at the same proportion narrows it, and more confidence widens it', () => {
  fc.assert(
    fc.property(counted, ([count, total]) => {
      const width = ({ low, high }: Interval) => high - low
      expect(width(interval(2 * count, 2 * total))).toBeLessThan(width(interval(count, total)))
      expect(width(clopperPearson(count, total, 0.99)!)).toBeGreaterThan(width(interval(count, total)))
    }),
  )
})

test('covers whatever proportion is true at least 95 % of the time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
      const covered = binomial(n, p).filter((_, k) => interval(k, n).low <= p && p <= interval(k, n).high)
      expect(sum(covered)).toBeGreaterThanOrEqual(0.95 - 1e-9)
    }),
  )
})

test('its ends are where a tail has 2.5 %', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (n, k) => {
      fc.pre(k > 0 && k < n)
      const { low, high } = interval(k, n)
      expect(sum(binomial(n, low).slice(k))).toBeCloseTo(0.025, 10)
      expect(sum(binomial(n, high).slice(0, k + 1))).toBeCloseTo(0.025, 10)
    }),
  )
})

test.each([
  [-1, 5],
  [6, 5],
  [1.5, 5],
  [Number.NaN, 5],
  [1, Number.POSITIVE_INFINITY],
])('refuses %d of %d', (count, total) => {
  expect(() => clopperPearson(count, total)).toThrow(expect.objectContaining({ code: 'COUNT_NOT_VALID' }))
})
