import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberKey, writtenNumber } from './numbers.ts'

describe('what a person reads as one number is one', () => {
  test.each([
    ['Ｈ１２３', 'H123'],
    ['h123', 'H123'],
    ['H\u200b1\u200e2\u00ad3', 'H123'],
    ['\ufeffH123\u2060', 'H123'],
    ['\u202eH123\u202c', 'H123'],
    ['H\u3164123\u2800', 'H123'],
    ['H1\ufe0f23', 'H123'],
    ['H1\u000023', 'H123'],
    ['24–3', '24-3'],
    ['24—3', '24-3'],
    ['24−3', '24-3'],
    ['24‑3', '24-3'],
    ['24－3', '24-3'],
    ['24ー3', '24-3'],
    ['Ａ　12', 'a 12'],
    ['A\u00a0\u00a012', 'a 12'],
    ['ＢＭ２０２４／１', 'bm2024/1'],
  ])('%j is %j', (one, other) => expect(numberKey(one)).toBe(numberKey(other)))

  test.each([
    ['H123', 'H1234'],
    ['00123', '123'],
    ['24-3', '243'],
    ['A 12', 'A12'],
    ['é1', 'e1'],
    ['H1一3', 'H1-3'],
  ])('%j is not %j', (one, other) => expect(numberKey(one)).not.toBe(numberKey(other)))
})

test('a number is shown as it was written, without what nobody sees', () => {
  expect(writtenNumber(' Ｈ\u200b１２３–a\u00ad ')).toBe('Ｈ１２３–a')
  expect(writtenNumber('\u200b\u200e')).toBe('')
  expect(numberKey('\u200b \ufeff')).toBe('')
})

test('a key is its own key, and that of the number as it is kept', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      expect(numberKey(numberKey(text))).toBe(numberKey(text))
      expect(numberKey(writtenNumber(text))).toBe(numberKey(text))
    }),
  )
})
