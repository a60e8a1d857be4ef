import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import { iou, shareInside } from './overlap.ts'

const side = fc.double({ min: 0.5, max: 200, noNaN: true })
const place = fc.double({ min: -100, max: 100, noNaN: true })
const box: fc.Arbitrary<Box> = fc.tuple(place, place, side, side)

test('half of each box shared: IoU a third, half inside', () => {
  expect(iou([0, 0, 10, 10], [5, 0, 10, 10])).toBeCloseTo(1 / 3, 12)
  expect(shareInside([0, 0, 10, 10], [5, 0, 100, 100])).toBeCloseTo(0.5, 12)
})

test('boxes that only touch, or have no area, share nothing', () => {
  expect(iou([0, 0, 10, 10], [10, 0, 10, 10])).toBe(0)
  expect(iou([5, 5, 0, 0], [5, 5, 0, 0])).toBe(0)
})

test('IoU is symmetric, within 0..1, and 1 with itself', () => {
  fc.assert(
    fc.property(box, box, (a, b) => {
      expect(iou(a, b)).toBe(iou(b, a))
      expect(iou(a, b)).toBeGreaterThanOrEqual(0)
      expect(iou(a, b)).toBeLessThanOrEqual(1 + 1e-9)
      expect(iou(a, a)).toBeCloseTo(1, 9)
    }),
  )
})
