import { expect, test } from 'vitest'
import { measuredScale } from './measured-scale.ts'

const ends = [{ x: 10, y: 20 }, { x: 40, y: 60 }] // biome-ignore format: pairs

test('a known length and its two ends give the scale of the original', () => {
  expect(measuredScale(ends, 10, 1)).toBe(0.2)
  // The picture clicked on is half as wide as the original.
  expect(measuredScale(ends, 10, 2)).toBe(0.1)
  expect(measuredScale(ends, 3.3333, 1)).toBe(0.06667)
})

test('nothing is told by one end, ends that touch, no length, or a length that no smear has', () => {
  expect(measuredScale([ends[0]!], 10, 1)).toBeNull()
  expect(measuredScale([ends[0]!, { x: 12, y: 21 }], 10, 1)).toBeNull()
  for (const micrometres of [0, -1, Number.NaN, 1000]) expect(measuredScale(ends, micrometres, 1)).toBeNull()
})
