import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compact, fold } from './fold.ts'
import { nameSound } from './name-sound.ts'
import { caseTerms, LONGEST_TERM, patientTerms } from './terms.ts'
import { searchWords } from './words.ts'

const person = (name: string, hospitalNumber = '') => patientTerms({ name, hospitalNumber })
const ofCase = (diagnosis: string, marrowNumber = 'BM-1', receivedOn = '2026-01-02') =>
  caseTerms({ marrowNumber, receivedOn, diagnosis })
/** Whether a search for what was typed finds what has these terms. */
const finds = (typed: string, terms: readonly string[]) => {
  const { words, dates, nothing } = searchWords(typed)
  return !nothing && [...words, ...dates].every((start) => terms.some((term) => term.startsWith(start)))
}

describe('how a name sounds', () => {
  test.each([
    ['李雷', 'lilei', 'll'],
    ['单雄信', 'shanxiongxin', 'sxx'],
    ['曾国藩', 'zengguofan', 'zgf'],
    ['仇英', 'qiuying', 'qy'],
    ['解缙', 'xiejin', 'xj'],
    ['尉迟恭', 'yuchigong', 'ycg'],
    ['欧阳修', 'ouyangxiu', 'oyx'],
    ['吕布', 'lvbu', 'lb'],
    ['Anna Bohr', 'annabohr', 'ab'],
    ['MÜLLER, Jörg', 'mullerjorg', 'mj'],
    ['', '', ''],
    ['唜一', 'yi', 'y'],
    ['唜', '', ''],
  ])('%s', (name, pinyin, initials) => {
    expect(nameSound(name)).toEqual({ pinyin, initials })
  })
})

test.each([
  [
    '单雄信',
    [
      'shanxiong',
      'danx',
      'sxx',
      'dxx',
      'shanxx',
      'shanxiongx',
      'danxx',
      '单雄',
      '雄信',
      'xiongx',
      'SHAN',
      'ｓｈａｎ',
    ],
  ],
  ['吕蒙', ['lvm', 'lum', 'lyum', 'lm']],
  ['王小明', ['wangxm', 'wangxiaom', 'wxm']],
  ['欧阳修', ['ouyangx', 'oyx']],
  ['阿卜杜拉·买买提', ['阿卜杜拉', '买买提', '阿卜杜拉·买买提', 'abudula']],
  ['Anna Bohr', ['anna', 'BOHR', 'annab', 'ab', 'Anna Bohr', 'bohr anna']],
  ['Jörg Müller', ['muller', 'Müller', 'jorg']],
])('%s is found by %s', (name, typed) => {
  expect(typed.filter((text) => !finds(text, person(name)))).toEqual([])
})

test.each([
  ['H-00100', ['H-00100', 'h00100', '00100', '100', 'h-001']],
  ['0012345', ['0012345', '12345', '00123']],
  ['住院2026-15', ['2026-15', '住院2026-1', '202615']],
  ['2026-1', ['20261']],
])('the number %s is found by %s', (number, typed) => {
  expect(typed.filter((text) => !finds(text, person('', number)))).toEqual([])
})

test('a case is found by its date, its diagnosis and both at once', () => {
  const terms = ofCase('急性髓系白血病(AML-M2)，弥漫大B细胞淋巴瘤?', 'BM-2026/77')
  const typed = ['2026-01-02', '2026-1', '2026/1/2', '2026年1月2日', '2026年1月', '白血病', '急性 aml', 'M2']
  typed.push('大B细胞', 'aml-m2', 'bm-2026/77', '2026/77', '77', '2026-01 白血病')
  expect(typed.filter((text) => !finds(text, terms))).toEqual([])
  expect(['2026-02', '血病急', 'bm-77', '2025'].filter((text) => finds(text, terms))).toEqual([])
})

test('words that name a state are that state, and signs alone find nothing', () => {
  expect(searchWords('signed 李').statuses).toEqual(['signed'])
  expect(searchWords('审核 in_review').statuses).toEqual(['in_review', 'in_review'])
  expect(searchWords('sig').statuses).toEqual([])
  expect(searchWords('%')).toMatchObject({ words: [], nothing: true })
  expect(searchWords('  ')).toEqual({ words: [], statuses: [], dates: [], nothing: false })
})

const HAN = fc.string({
  unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((c) => String.fromCodePoint(c)),
  minLength: 1,
  maxLength: 30,
})
const ANY = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  HAN,
)

describe('whatever is written', () => {
  test('terms fit their column, are folded, and each is there once', () => {
    fc.assert(
      fc.property(ANY, ANY, (name, number) => {
        const terms = [...person(name, number), ...ofCase(name, number)]
        for (const term of terms) {
          expect([...term].length).toBeLessThanOrEqual(LONGEST_TERM)
          expect(term).not.toBe('')
          expect(term).toBe(term.trim())
        }
        expect(new Set(person(name, number)).size).toBe(person(name, number).length)
      }),
    )
  })

  test('a Chinese text is found from each of its characters on, however much of it is typed', () => {
    fc.assert(
      fc.property(HAN, fc.nat(), fc.nat(), (text, from, length) => {
        const characters = [...text]
        const start = from % characters.length
        const typed = characters.slice(start, start + 1 + (length % characters.length)).join('')
        fc.pre(searchWords(typed).statuses.length === 0)
        expect(finds(typed, ofCase(text))).toBe(true)
      }),
    )
  })

  test('a number is found by itself and by how it begins, with and without its signs', () => {
    const NUMBER = fc.stringMatching(/^[A-Za-z]{0,3}[-/ ]?\d{1,9}([-/]\d{1,5})?$/)
    fc.assert(
      fc.property(NUMBER, fc.nat(), (number, cut) => {
        const typed = number.slice(0, 1 + (cut % number.length))
        const { statuses, dates } = searchWords(typed)
        fc.pre(statuses.length === 0 && dates.length === 0 && compact(fold(typed)) !== '')
        expect(finds(typed, person('', number))).toBe(true)
        fc.pre(searchWords(compact(fold(number))).dates.length === 0)
        expect(finds(compact(fold(number)), person('', number))).toBe(true)
      }),
    )
  })

  test('a name is found by its sound and its initials', () => {
    fc.assert(
      fc.property(HAN, (name) => {
        const { pinyin, initials } = nameSound(name)
        for (const typed of [pinyin.slice(0, 30), initials]) {
          fc.pre(compact(fold(typed)) !== '' && searchWords(typed).statuses.length === 0)
          expect(finds(typed, person(name))).toBe(true)
        }
      }),
    )
  })
})
