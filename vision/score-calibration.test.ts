import { expect, test } from 'vitest'
import { calibratedScore, composed, networkScore } from './score-calibration.ts'

const STEEP = { slope: 2, offset: 0.5 }

test('is a logistic curve of the logit', () => {
  // logit 0.5 = 0 → 1 / (1 + e^-0.5); logit 0.8 = ln 4 → 16 e^0.5 / (1 + 16 e^0.5)
  expect(calibratedScore(0.5, STEEP)).toBeCloseTo(0.622459331, 9)
  expect(calibratedScore(0.8, STEEP)).toBeCloseTo((16 * Math.exp(0.5)) / (1 + 16 * Math.exp(0.5)), 12)
})

test('keeps 0 and 1, and everything where there is no calibration', () => {
  expect([0, 1].map((score) => calibratedScore(score, STEEP))).toEqual([0, 1])
  expect([0, 1].map((score) => networkScore(score, STEEP))).toEqual([0, 1])
  expect([calibratedScore(0.3), networkScore(0.3)]).toEqual([0.3, 0.3])
})

test('is undone, and two in a row are one', () => {
  const soft = { slope: 0.7, offset: -1 }
  for (const score of [0.01, 0.4, 0.97]) {
    expect(networkScore(calibratedScore(score, STEEP), STEEP)).toBeCloseTo(score, 12)
    const twice = calibratedScore(calibratedScore(score, STEEP), soft)
    expect(calibratedScore(score, composed(STEEP, soft))).toBeCloseTo(twice, 12)
  }
  expect(composed(undefined, soft)).toEqual(soft)
})
