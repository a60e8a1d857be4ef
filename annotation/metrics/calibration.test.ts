import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibration } from './calibration.ts'

test('half sure and half right costs nothing, quite sure and half right costs a half', () => {
  const sure = (confidence: number) => [
    { confidence, correct: true },
    { confidence, correct: false },
  ]
  expect(calibration(sure(0.5)).ece).toBeCloseTo(0, 12)
  expect(calibration(sure(1)).ece).toBeCloseTo(0.5, 12)
  expect(calibration([...sure(0.5), ...sure(1)]).ece).toBeCloseTo(0.25, 12)
})

test('bins are 15, equal and closed above', () => {
  const { bins } = calibration([
    { confidence: 0, correct: false },
    { confidence: 1 / 15, correct: false },
    { confidence: 0.07, correct: true },
    { confidence: 1, correct: true },
  ])
  expect(bins).toHaveLength(15)
  expect(bins.map((bin) => bin.count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(bins[2]).toMatchObject({ from: 2 / 15, to: 0.2, confidence: null, accuracy: null })
})

test('no answer, no figure', () => expect(calibration([]).ece).toBeNull())

test('lies in 0..1 and loses no answer', () => {
  const answer = fc.record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    correct: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1 }), (answers) => {
      const { ece, bins } = calibration(answers)
      expect(ece).toBeGreaterThanOrEqual(0)
      expect(ece).toBeLessThanOrEqual(1)
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(answers.length)
    }),
  )
})
