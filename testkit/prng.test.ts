import { expect, test } from 'vitest'
import { mixSeed, seededRandom } from './prng.ts'

const draws = (seed: number, count: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

test('the same seed gives the same numbers, a neighbouring one others', () => {
  expect(draws(5, 4)).toEqual(draws(5, 4))
  expect(draws(5, 1)).not.toEqual(draws(6, 1))
  expect(mixSeed(1, 2)).not.toBe(mixSeed(2, 1))
})

test('numbers are even between 0 and 1, and whole numbers reach both ends', () => {
  const tenths = draws(9, 20_000).reduce(
    (counts, x) => counts.with(Math.floor(x * 10), counts[Math.floor(x * 10)]! + 1),
    Array<number>(10).fill(0),
  )
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200)
  const random = seededRandom(2)
  expect(new Set(Array.from({ length: 200 }, () => random.int(3, 6)))).toEqual(new Set([3, 4, 5, 6]))
})

test('normal numbers have mean 0 and standard deviation 1', () => {
  const random = seededRandom(4)
  const values = Array.from({ length: 20_000 }, () => random.normal())
  const mean = values.reduce((a, b) => a + b) / values.length
  const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(spread - 1)).toBeLessThan(0.03)
})
