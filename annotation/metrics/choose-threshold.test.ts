import { expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import { chooseThreshold } from './choose-threshold.ts'
import { detectionRates } from './detection-rates.ts'
import type { EvaluatedImage } from './evaluated-image.ts'

const at = (n: number): Box => [n * 30, 0, 20, 20]

/** Four cells at 0..3; detections as [place, score], places from 4 are no cells. */
function image(...found: [place: number, score: number][]): EvaluatedImage {
  return {
    groundTruth: [0, 1, 2, 3].map((n) => ({ box: at(n) })),
    detections: found.map(([place, score]) => ({ box: at(place), score })),
  }
}

test('goes on below extras as long as a missed cell costs more than they do', () => {
  const images = [
    image([0, 0.9], [1, 0.8], [4, 0.7], [5, 0.6], [2, 0.5], [6, 0.3], [7, 0.25], [8, 0.2], [3, 0.1]),
  ]
  // costs: 6 at 0.8, 3 + 2 at 0.5, 5 at 0.1 as well: of equal ones the higher
  expect(chooseThreshold(images, 3)).toEqual({ threshold: 0.4, misses: 1, extras: 2, cells: 4, cost: 5 })
  expect(chooseThreshold(images, 1.5)).toMatchObject({ threshold: 0.75, misses: 2, extras: 0, cost: 3 })
  expect(chooseThreshold(images, 10)).toMatchObject({ threshold: 0.1, misses: 0, extras: 5 })
})

test('costs over several images are those that are counted at that threshold', () => {
  const images = [image([0, 0.9], [4, 0.85], [1, 0.3]), image([2, 0.6], [5, 0.4], [3, 0.45])]
  const { threshold, misses, extras } = chooseThreshold(images)
  expect(detectionRates(images, { score: threshold })).toMatchObject({ misses, falsePositives: extras })
  expect(threshold).toBeCloseTo(0.3, 12)
})

test('equal scores count together', () => {
  const chosen = chooseThreshold([image([4, 0.5], [0, 0.5], [5, 0.5], [6, 0.5], [7, 0.5])], 3)
  expect(chosen).toMatchObject({ misses: 4, extras: 0 })
  expect(chosen.threshold).toBe(0.75)
})

test('what an ignored box absorbs costs nothing', () => {
  const ignored = { ...image([0, 0.9], [1, 0.8], [4, 0.7], [2, 0.6], [3, 0.5]) }
  const images = [{ ...ignored, groundTruth: [...ignored.groundTruth, { box: at(4), crowd: true }] }]
  expect(chooseThreshold(images)).toMatchObject({ misses: 0, extras: 0 })
})

test('without detections nothing counts', () => {
  expect(chooseThreshold([image()])).toEqual({ threshold: 1, misses: 4, extras: 0, cells: 4, cost: 12 })
})
