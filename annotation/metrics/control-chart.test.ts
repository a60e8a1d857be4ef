import fc from 'fast-check'
import { expect, test } from 'vitest'
import { controlChart } from './control-chart.ts'

const week = (count: number, total = 1000) => ({ count, total })

test('limits of a p′ chart, worked out by hand', () => {
  const { centre, sigma, points } = controlChart([80, 120, 80, 120, 80, 120, 80, 120].map((n) => week(n)))
  const error = Math.sqrt((0.1 * 0.9) / 1000)
  // Each step is 0.04, or 0.04 / error in standard errors.
  expect(centre).toBeCloseTo(0.1, 12)
  expect(sigma).toBeCloseTo(0.04 / error / 1.128, 9)
  expect(points[0]!.high).toBeCloseTo(0.1 + (3 * 0.04) / 1.128, 9)
  expect(points[0]!.low).toBe(0)
  expect(points.every(({ signal }) => signal === 'none')).toBe(true)
})

test('where cells are independent the limits are those of the p chart', () => {
  const { sigma, points } = controlChart(Array.from({ length: 10 }, () => week(100)))
  expect(sigma).toBe(1)
  expect(points[0]!.high).toBeCloseTo(0.1 + 3 * Math.sqrt(0.09 / 1000), 12)
})

test('a week far off signals, and so does a slow shift of nine weeks', () => {
  const steady = [100, 104, 97, 101, 99, 103, 96, 100, 102, 98]
  const jump = controlChart([...steady, 240].map((n) => week(n)))
  expect(jump.points.map(({ signal }) => signal === 'beyond_limits')).toEqual([
    ...steady.map(() => false),
    true,
  ])
  const shift = controlChart(
    [...steady, ...steady, ...steady.slice(0, 9).map((n) => n + 12)].map((n) => week(n)),
  )
  expect(shift.points.at(-1)!.signal).toBe('run')
  expect(shift.points.at(-2)!.signal).toBe('none')
})

test('few weeks, empty ones and none at all give no limits', () => {
  expect(controlChart([]).centre).toBeNull()
  const few = controlChart([week(3), week(0, 0), week(5)])
  expect(few).toMatchObject({ sigma: null, points: [{ low: null }, { share: null }, { share: 0.005 }] })
})

test('limits hold the centre and stay within 0..1', () => {
  const group = fc
    .integer({ min: 0, max: 500 })
    .chain((total) => fc.record({ total: fc.constant(total), count: fc.integer({ min: 0, max: total }) }))
  fc.assert(
    fc.property(fc.array(group, { maxLength: 40 }), (groups) => {
      const { centre, points } = controlChart(groups)
      for (const { low, high, signal } of points) {
        if (low === null || high === null) expect(signal).toBe('none')
        else expect([0 <= low, low <= centre!, centre! <= high, high <= 1]).toEqual([true, true, true, true])
      }
    }),
  )
})
