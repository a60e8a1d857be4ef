import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fontFor, has } from './fonts.ts'
import { isPlain, runsOf, unprintable } from './runs.ts'

const fonts = (text: string) => runsOf(text).map(({ text: part, font }) => [part, font])

test.each([
  ['骨髓 WBC, M:E 3.2 ± 0.1 ≥ 5 µm β', [['骨髓 WBC, M:E 3.2 ± 0.1 ≥ 5 µm β', 'Noto']]],
  [
    'WBC 3.2×10⁹/L',
    [
      ['WBC ', 'Noto'],
      ['3.2×10⁹/L', 'DejaVu'],
    ],
  ],
  [
    '阳性CD34⁺细胞',
    [
      ['阳性', 'Noto'],
      ['CD34⁺', 'DejaVu'],
      ['细胞', 'Noto'],
    ],
  ],
  ['HLA-DR⁻ β₂', [['HLA-DR⁻ β₂', 'DejaVu']]],
  ['Łukasz Žižka ş', [['Łukasz Žižka ş', 'DejaVu']]],
  ['བཀྲ་ཤིས', [['བཀྲ་ཤིས', 'Tibetan']]],
  ['ᠮᠣᠩᠭᠣᠯ', [['ᠮᠣᠩᠭᠣᠯ', 'Mongolian']]],
  ['김민준', [['김민준', 'Korean']]],
  ['ꆈꌠ', [['ꆈꌠ', 'Yi']]],
  ['𬭚㛃䶮', [['𬭚㛃䶮', 'Noto']]],
  [
    '𠮷野𡈽',
    [
      ['𠮷', 'HanaMinB.CJK-Unified-Ideographs-Extension-B-03'],
      ['野', 'Noto'],
      ['𡈽', 'HanaMinB.CJK-Unified-Ideographs-Extension-B-05'],
    ],
  ],
])('%s', (text, runs) => expect(fonts(text)).toEqual(runs))

test('words from right to left are runs of their own, and so are brackets beside them', () => {
  expect(runsOf('(ئابدۇللا تۇرسۇن) a').map(({ text, rtl }) => [text, rtl ?? false])).toEqual([
    ['(', false],
    ['ئابدۇللا تۇرسۇن', true],
    [') ', false],
    ['a', false],
  ])
})

test('letters that come in pieces are composed, and what nobody sees is not drawn', () => {
  expect(fonts('김'.normalize('NFD'))).toEqual([['김', 'Korean']])
  expect(
    fonts('Müller'.normalize('NFD'))
      .map(([part]) => part)
      .join('')
      .normalize('NFC'),
  ).toBe('Müller')
  expect(fonts('H\u200b1\u00ad2\ufeff\u202e3\u0007')).toEqual([['H123', 'Noto']])
  expect([isPlain('H12'), isPlain('H\u200b12'), isPlain('H⁹'), isPlain('a\nb')]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('what no font has is named with its word, and printed as its code', () => {
  expect(unprintable(['骨髓 CD34⁺', 'Łukasz 𞤀x, 𞤀', 'a 🧪'])).toEqual([
    { character: '𞤀', word: '𞤀x,' },
    { character: '🧪', word: '🧪' },
  ])
  expect(
    runsOf('a𞤀')
      .map(({ text }) => text)
      .join(''),
  ).toBe('a[U+1E900]')
})

test('every Han character of Unicode 10 has a font: the basic block and extensions A to F', () => {
  const blocks = [
    [0x4e00, 0x9fea],
    [0x3400, 0x4db5],
    [0x20000, 0x2a6d6],
    [0x2a700, 0x2b734],
    [0x2b740, 0x2b81d],
    [0x2b820, 0x2cea1],
    [0x2ceb0, 0x2ebe0],
  ] as const
  const lacking = blocks.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
      (code) => !fontFor(String.fromCodePoint(code)),
    ),
  )
  expect(lacking).toEqual([])
})

test('any text: all that is drawn is in the font that draws it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      for (const { text: part, font } of runsOf(text)) {
        for (const one of part.replace(/[\r\n]/g, '')) expect(has(font, one.codePointAt(0)!), one).toBe(true)
      }
      expect(
        unprintable([
          runsOf(text)
            .map((run) => run.text)
            .join(''),
        ]),
      ).toEqual([])
    }),
    { seed: 17 },
  )
})
