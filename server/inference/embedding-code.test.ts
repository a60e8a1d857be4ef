import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cosine } from '../../vision/index.ts'
import { decodeEmbedding, encodeEmbedding } from './embedding-code.ts'

const unit = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 192, maxLength: 192 })
  .map((v) => {
    const length = Math.hypot(...v)
    return length > 0.01 ? v.map((x) => x / length) : v.map((_, i) => (i === 0 ? 1 : 0))
  })

test('an embedding comes back to within half a step, in 256 characters', () => {
  fc.assert(
    fc.property(unit, (vector) => {
      const text = encodeEmbedding(vector)
      expect(text).toMatch(/^[A-Za-z0-9+/]{256}$/)
      decodeEmbedding(text).forEach((byte, i) => {
        expect(Math.abs(byte / 127 - vector[i]!)).toBeLessThanOrEqual(0.5 / 127 + 1e-12)
      })
      expect(encodeEmbedding(Array.from(decodeEmbedding(text), (byte) => byte / 127))).toBe(text)
    }),
  )
})

test('the cosine of two coded vectors is that of the vectors', () => {
  fc.assert(
    fc.property(unit, unit, (a, b) => {
      const exact = a.reduce((sum, x, i) => sum + x * b[i]!, 0)
      const coded = cosine(decodeEmbedding(encodeEmbedding(a)), decodeEmbedding(encodeEmbedding(b)))
      expect(Math.abs(coded - exact)).toBeLessThan(0.05)
    }),
  )
})
