import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BETWEEN_SLIDES, NOTHING_SEEN, type ScaleEstimate, SURE_BELOW } from './estimate-scale.ts'
import { poolScale } from './pool-scale.ts'

const field = (umPerPixel: number, spread: number, redCells = 8): ScaleEstimate => ({
  umPerPixel,
  spread,
  sure: spread < SURE_BELOW,
  redCells,
})

const anyField = fc
  .tuple(
    fc.double({ min: 0.01, max: 5, noNaN: true }),
    fc.double({ min: BETWEEN_SLIDES, max: 0.99, noNaN: true }),
    fc.nat(40),
  )
  .map(([umPerPixel, spread, redCells]) => field(umPerPixel, spread, redCells))
const anyFields = fc.array(anyField, { minLength: 1, maxLength: 30 })

describe('poolScale', () => {
  it('gives one field back', () => {
    const pooled = poolScale([field(0.174, 0.15, 3)])
    expect(pooled.umPerPixel).toBeCloseTo(0.174, 10)
    expect(pooled.spread).toBeCloseTo(0.15, 10)
    expect(pooled).toMatchObject({ sure: false, redCells: 3 })
  })

  it('is sure of what several unsure fields agree on', () => {
    const pooled = poolScale([0.17, 0.165, 0.18, 0.172, 0.16, 0.175].map((one) => field(one, 0.12)))
    expect(Math.abs(pooled.umPerPixel / 0.17 - 1)).toBeLessThan(0.03)
    expect(pooled.sure).toBe(true)
    expect(pooled.redCells).toBe(48)
  })

  it('is unsure of what fields that call themselves sure disagree on', () => {
    expect(poolScale([0.1, 0.14, 0.1, 0.14, 0.1].map((one) => field(one, 0.07))).sure).toBe(false)
  })

  it('believes the sure fields more', () => {
    const pooled = poolScale([field(0.1, 0.07), field(0.16, 0.3), field(0.17, 0.3), field(0.18, 0.3)])
    expect(pooled.umPerPixel).toBeCloseTo(0.1, 10)
  })

  it('passes over fields in which nothing was seen', () => {
    const seen = [field(0.2, 0.1), field(0.21, 0.1)]
    expect(poolScale([NOTHING_SEEN, ...seen, NOTHING_SEEN, NOTHING_SEEN])).toEqual(poolScale(seen))
    expect(poolScale([NOTHING_SEEN, NOTHING_SEEN])).toEqual(NOTHING_SEEN)
    expect(poolScale([])).toEqual(NOTHING_SEEN)
  })

  it('lies among its fields, whatever their order, and follows their unit', () => {
    fc.assert(
      fc.property(anyFields, fc.double({ min: 0.1, max: 10, noNaN: true }), (fields, unit) => {
        const pooled = poolScale(fields)
        const scales = fields.map(({ umPerPixel }) => umPerPixel)
        expect(pooled.umPerPixel).toBeGreaterThanOrEqual(Math.min(...scales) * 0.999999)
        expect(pooled.umPerPixel).toBeLessThanOrEqual(Math.max(...scales) * 1.000001)
        expect(pooled.spread).toBeGreaterThan(BETWEEN_SLIDES)
        expect(pooled.sure).toBe(pooled.spread < SURE_BELOW)
        const turned = poolScale(fields.toReversed())
        expect(turned.umPerPixel).toBeCloseTo(pooled.umPerPixel, 10)
        expect(turned.spread).toBeCloseTo(pooled.spread, 10)
        const inUnit = poolScale(fields.map((one) => ({ ...one, umPerPixel: one.umPerPixel * unit })))
        expect(inUnit.umPerPixel / unit / pooled.umPerPixel).toBeCloseTo(1, 6)
      }),
    )
  })

  it('is not moved out of the other fields by one that is off by a factor', () => {
    const factor = fc.double({ min: 0.05, max: 20, noNaN: true })
    const others = fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { minLength: 4, maxLength: 20 })
    fc.assert(
      fc.property(others, factor, (others, factor) => {
        const fields = [...others, factor].map((one) => field(0.1 * one, 0.08))
        const pooled = poolScale(fields).umPerPixel / 0.1
        expect(pooled).toBeGreaterThanOrEqual(Math.min(...others) * 0.999999)
        expect(pooled).toBeLessThanOrEqual(Math.max(...others) * 1.000001)
      }),
    )
  })
})
