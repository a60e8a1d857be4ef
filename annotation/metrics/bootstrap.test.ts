import { expect, test } from 'vitest'
import { bootstrap } from './bootstrap.ts'

const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length

const coin = Array.from({ length: 400 }, (_, i) => i % 2)

test('the interval of a mean is the one that theory gives', () => {
  const { low, high } = bootstrap(coin, mean, { resamples: 4000 })!
  const standardError = Math.sqrt(0.25 / 400)
  expect(low).toBeCloseTo(0.5 - 1.96 * standardError, 2)
  expect(high).toBeCloseTo(0.5 + 1.96 * standardError, 2)
})

test('a lower level gives a narrower interval', () => {
  const [wide, narrow] = [bootstrap(coin, mean)!, bootstrap(coin, mean, { level: 0.5 })!]
  expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low)
})

test('the seed decides', () => {
  expect(bootstrap(coin, mean, { seed: 3 })).toEqual(bootstrap(coin, mean, { seed: 3 }))
  expect(bootstrap(coin, mean, { seed: 3 })).not.toEqual(bootstrap(coin, mean, { seed: 4 }))
})

test('units that do not vary give a point', () => {
  expect(bootstrap([2, 2, 2], mean)).toEqual({ low: 2, high: 2 })
})

test('no unit, no interval', () => expect(bootstrap([], mean)).toBeNull())

test('resamples on which the statistic is not defined are left out', () => {
  const onlyOnes = (sample: number[]) => (sample.includes(0) ? null : 1)
  expect(bootstrap([0, 1], onlyOnes)).toEqual({ low: 1, high: 1 })
})
