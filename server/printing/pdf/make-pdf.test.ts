/** The printed report says what was written: its text is read back, and no glyph stands for one that a font lacks. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { openSync } from 'fontkit'
import pdfmake from 'pdfmake'
import { describe, expect, test } from 'vitest'
import { EMPTY_PATIENT } from '../../../cytology/index.ts'
import { FONTS } from '../../fonts/fonts.ts'
import { makePdf } from './make-pdf.ts'
import { caseForTests, reportForTests } from './report-for-tests.ts'
import type { Language } from './words.ts'

function printed(language: Language, { name = '李雷', note = '', number = '', reader = '' }) {
  const report = reportForTests({
    case: caseForTests({ clinicalNote: note }),
    patient: { ...EMPTY_PATIENT, name, sex: 'male', birthDate: null, hospitalNumber: number },
    readerName: reader || null,
  })
  return makePdf({ report, language, pictures: [], verifyUrl: null, madeAt: 1 })
}

/** Glyphs that are drawn, as their numbers in the fonts of the PDF: 0 is .notdef in each. */
function glyphsOf(pdf: Buffer): number[] {
  const glyphs: number[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue
    let text: string
    try {
      text = inflateSync(pdf.subarray(at + 7, pdf.indexOf('endstream', at))).toString('latin1')
    } catch {
      continue
    }
    if (!/^BT$/m.test(text)) continue
    for (const [, drawn] of text.matchAll(/\[([^\]]*)\] TJ/g)) {
      for (const [, hex] of drawn!.matchAll(/<([0-9a-f]+)>/g)) {
        for (let i = 0; i < hex!.length; i += 4) glyphs.push(Number.parseInt(hex!.slice(i, i + 4), 16))
      }
    }
  }
  return glyphs
}

function textOf(pdf: Buffer, as = '-raw'): string | undefined {
  const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-pdf-')), 'report.pdf')
  writeFileSync(file, pdf)
  try {
    return execFileSync('pdftotext', [as, file, '-'], { encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.warn('The text of the PDFs is not looked at: no pdftotext here.')
    return undefined
  }
}
/** Without spaces, and without the marks of direction that pdftotext sets. */
const squeezed = (text: string) => text.replace(/[\s\u202a-\u202e\u2066-\u2069]+/gu, '')

const WRITTEN = [
  ...['WBC 3.2×10⁹/L', 'β₂-MG', 'CD34⁺', 'HLA-DR⁻', 'Łukasz Žižka', 'Kerimoğlu Ayşe', '阳性CD34⁺细胞'],
  ...[
    'བཀྲ་ཤིས',
    'ᠮᠣᠩᠭᠣᠯ',
    '김민준',
    'ꆈꌠꉙ',
    '𬭚㛃䶮',
    '𠮷野𡈽田',
    '𪜀𪛖𫝀𫠠𬺰丽',
    'Ｈ１２３',
    'Дмитрий',
    '½ ① ℃ ≥ → ☐',
  ],
]

describe.each(['zh', 'en'] as const)('%s', (language) => {
  test.each(WRITTEN)('%s is printed', async (text) => {
    const pdf = await printed(language, { name: text, note: `x ${text} y`, number: text, reader: text })
    const glyphs = glyphsOf(pdf)
    expect(glyphs.length).toBeGreaterThan(100)
    expect(glyphs).not.toContain(0)
    const read = textOf(pdf)
    if (read !== undefined) expect(squeezed(read).split(squeezed(text)).length).toBeGreaterThan(3)
    // Of each font only what is used: all of them are 50 MB.
    expect(pdf.length).toBeLessThan(150_000)
  })

  test('two words from right to left stand in their order, their letters joined', async () => {
    const pdf = await printed(language, { name: 'تۇرسۇن گۈلنار' })
    expect(glyphsOf(pdf)).not.toContain(0)
    const read = textOf(pdf, '-bbox')
    if (read === undefined) return
    // The letters of a word stand there as they are drawn, from left to right.
    const left = (word: string) =>
      Number(new RegExp(`xMin="([\\d.]+)"[^>]*>${[...word].reverse().join('')}<`).exec(read)![1])
    expect(left('گۈلنار')).toBeLessThan(left('تۇرسۇن'))
  })

  test('a character that no font has is printed as its code', async () => {
    const pdf = await printed(language, { name: 'a𞤀', note: '🧪' })
    expect(glyphsOf(pdf)).not.toContain(0)
    const read = textOf(pdf)
    if (read !== undefined)
      for (const code of ['a[U+1E900]', '[U+1F9EA]']) expect(squeezed(read)).toContain(code)
  })
})

test('the look at the glyphs finds what a font lacks', async () => {
  const pdf = await pdfmake.createPdf({ content: 'a𞤀', defaultStyle: { font: 'Noto' } }).getBuffer()
  expect(glyphsOf(pdf)).toContain(0)
})

test.each(Object.entries(FONTS))(
  '%s draws any of its characters beside any other',
  async (font, { normal }) => {
    const characters = openSync(normal)
      .characterSet.filter((code) => code > 0x2ff)
      .map((code) => String.fromCodePoint(code))
    const texts = fc.sample(fc.array(fc.constantFrom(...characters), { minLength: 2, maxLength: 12 }), {
      numRuns: 150,
      seed: 17,
    })
    const pdf = await printed('en', { note: `${font} ${texts.map((text) => text.join('')).join(' ')}` })
    expect(glyphsOf(pdf)).not.toContain(0)
  },
)
