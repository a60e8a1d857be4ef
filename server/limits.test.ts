import { expect, test } from 'vitest'
import { readLimits } from './limits.ts'

test('limits are read in GB; none is no limit, but for memory', () => {
  const limits = readLimits({
    MARROWSCOPE_DECODE_GB: '1.5',
    MARROWSCOPE_RENDITIONS_GB: 'none',
    MARROWSCOPE_UNFINISHED: '3',
    MARROWSCOPE_FREE_GB: 'none',
    MARROWSCOPE_PERSON_GB: '200',
  })
  expect(limits).toMatchObject({
    decoding: 1.5e9,
    renditions: Number.POSITIVE_INFINITY,
    uploadsOfPerson: 3,
    uploadBytesOfPerson: 20e9,
    storedOfPerson: 200e9,
    storedOfSite: Number.POSITIVE_INFINITY,
    free: 0,
  })
})

test('without a setting images have half of the memory', () => {
  const { decoding } = readLimits({})
  expect(decoding).toBeGreaterThan(100e6)
  expect(Number.isFinite(decoding)).toBe(true)
})

test.each([
  ['MARROWSCOPE_DECODE_GB', 'none'],
  ['MARROWSCOPE_DECODE_GB', '0'],
  ['MARROWSCOPE_UNFINISHED', '-1'],
  ['MARROWSCOPE_PERSON_GB', '10 GB'],
  ['MARROWSCOPE_FREE_GB', ''],
])('%s=%j is refused by name', (name, value) => {
  expect(() => readLimits({ [name]: value })).toThrow(name)
})
