import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Box, clip, intersection, iou } from './box.ts'
import { nms, type Scored } from './nms.ts'

const side = fc.double({ min: 0.5, max: 60, noNaN: true })
const place = fc.double({ min: -100, max: 300, noNaN: true })
const box: fc.Arbitrary<Box> = fc.tuple(place, place, side, side)
const scored = fc.record({ box, score: fc.double({ min: 0, max: 1, noNaN: true }) })

function plainNms(found: Scored[], maxIou: number): Scored[] {
  const kept: Scored[] = []
  for (const one of found.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => iou(one.box, other.box) <= maxIou)) kept.push(one)
  }
  return kept
}

it('answers as the plain quadratic algorithm', () => {
  fc.assert(
    fc.property(
      fc.array(scored, { maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (found, maxIou) => {
        expect(nms(found, maxIou)).toEqual(plainNms(found, maxIou))
      },
    ),
  )
})

it('is quick with a slide of cells', () => {
  const found = Array.from(
    { length: 40_000 },
    (_, i): Scored => ({ box: [(i % 200) * 9, Math.floor(i / 200) * 9, 10, 10], score: i / 40_000 }),
  )
  const start = performance.now()
  expect(nms(found, 0.5)).toHaveLength(40_000)
  expect(performance.now() - start).toBeLessThan(5000)
})

it('iou of known boxes', () => {
  expect(iou([0, 0, 10, 10], [5, 0, 10, 10])).toBeCloseTo(1 / 3, 12)
  expect(iou([0, 0, 10, 10], [10, 0, 10, 10])).toBe(0)
  expect(intersection([0, 0, 10, 10], [2, 3, 4, 5])).toBe(20)
})

it('clip keeps what lies inside', () => {
  expect(clip([-5, 90, 20, 30], 100, 100)).toEqual([0, 90, 15, 10])
  expect(clip([120, 10, 20, 5], 100, 100)).toEqual([100, 10, 0, 5])
})
