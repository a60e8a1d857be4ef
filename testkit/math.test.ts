import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cosTurn, ln, sinTurn, transmission } from './math.ts'

const turns = fc.double({ min: -3, max: 3, noNaN: true })

test('sine and cosine of turns agree with the language', () => {
  fc.assert(
    fc.property(turns, (turn) => {
      expect(sinTurn(turn)).toBeCloseTo(Math.sin(turn * 2 * Math.PI), 6)
      expect(cosTurn(turn)).toBeCloseTo(Math.cos(turn * 2 * Math.PI), 6)
    }),
  )
})

test('the logarithm and the fall-off of light agree with the language', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (x) => {
      expect(ln(x)).toBeCloseTo(Math.log(x), 6)
    }),
  )
  fc.assert(
    fc.property(fc.double({ min: 0, max: 12, noNaN: true }), (x) => {
      expect(Math.abs(transmission(x) - Math.exp(-x))).toBeLessThan(5e-5)
    }),
  )
})
