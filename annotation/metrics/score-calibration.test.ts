import { expect, test } from 'vitest'
import { seededRandom } from '../../testkit/index.ts'
import { calibrationError, fitScores } from './score-calibration.ts'

/** Detections whose score s is a hit with the probability that slope and offset make of it. */
function detections(count: number, slope: number, offset: number) {
  const random = seededRandom(4).next
  return Array.from({ length: count }, () => {
    const score = 0.02 + 0.96 * random()
    const p = 1 / (1 + Math.exp(-(slope * Math.log(score / (1 - score)) + offset)))
    return { score, hit: random() < p }
  })
}

test('finds the slope and offset that made the hits, and brings the error down', () => {
  const { calibration, ece } = fitScores(detections(20_000, 2.5, -1.2))!
  expect(calibration.slope).toBeCloseTo(2.5, 0)
  expect(Math.abs(calibration.slope - 2.5)).toBeLessThan(0.12)
  expect(Math.abs(calibration.offset + 1.2)).toBeLessThan(0.08)
  expect(ece.before).toBeGreaterThan(0.1)
  expect(ece.after).toBeLessThan(0.015)
})

test('leaves scores that are probabilities as they are', () => {
  const { calibration } = fitScores(detections(20_000, 1, 0))!
  expect(Math.abs(calibration.slope - 1)).toBeLessThan(0.05)
  expect(Math.abs(calibration.offset)).toBeLessThan(0.05)
})

test('stays finite where a threshold parts hits and extras, also at scores of 0 and 1', () => {
  const scored = [1, 1, 0.9, 0.8].map((score) => ({ score, hit: true }))
  const extras = [0, 0.1, 0.2].map((score) => ({ score, hit: false }))
  const { calibration } = fitScores([...scored, ...extras])!
  expect(calibration.slope).toBeGreaterThan(0)
  expect(Number.isFinite(calibration.slope) && Number.isFinite(calibration.offset)).toBe(true)
})

test('there is none without both kinds, or where a higher score means less', () => {
  const hits = [0.3, 0.6].map((score) => ({ score, hit: true }))
  expect(fitScores(hits)).toBeNull()
  expect(fitScores(hits.map((one) => ({ ...one, hit: false })))).toBeNull()
  const backwards = [0.1, 0.2, 0.3].map((score) => ({ score, hit: true }))
  expect(fitScores([...backwards, ...[0.7, 0.8, 0.9].map((score) => ({ score, hit: false }))])).toBeNull()
})

test('the error is the gap between scores and the share of hits', () => {
  expect(
    calibrationError([
      { score: 0.9, hit: true },
      { score: 0.9, hit: false },
    ]),
  ).toBeCloseTo(0.4, 12)
  expect(calibrationError([])).toBeNull()
})
