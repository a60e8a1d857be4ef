import type { DynamicContent } from 'pdfmake/interfaces.js'
import { expect, test } from 'vitest'
import { type Familiarity, INTENDED_USE } from '../../../cytology/index.ts'
import { form } from './form.ts'
import type { Sheet } from './parts.ts'
import { caseForTests, reportForTests } from './report-for-tests.ts'

const HASH = 'ab'.repeat(32)

function sheet(
  language: 'zh' | 'en',
  signed: boolean,
  synthetic = false,
  familiarity: Familiarity | null = null,
): Sheet {
  const report = reportForTests({
    case: caseForTests({ synthetic }),
    familiarity,
    signature: signed ? { userName: 'Dr Han', at: 1_700_000_000_000, sha256: HASH } : null,
  })
  return { report, language, pictures: [], verifyUrl: signed ? `http://lab/verify/${HASH}` : null, madeAt: 1 }
}
const made = (part: unknown, page: number, pages: number) =>
  JSON.stringify((part as DynamicContent)(page, pages, {} as never))

test.each(['zh', 'en'] as const)('%s: only what is not signed bears the word of the draft', (language) => {
  expect(JSON.stringify(form(sheet(language, false)).watermark)).toContain('DRAFT')
  expect(form(sheet(language, true)).watermark).toBeUndefined()
})

test.each(['zh', 'en'] as const)('%s: every page says what it is for and which page it is', (language) => {
  const { footer, header } = form(sheet(language, true, true))
  for (const page of [1, 2, 3]) {
    expect(made(footer, page, 3)).toContain(INTENDED_USE)
    expect(made(footer, page, 3)).toMatch(language === 'zh' ? `第 ${page} 页 共 3 页` : `Page ${page} of 3`)
    expect(made(header, page, 3)).toContain('SYNTHETIC CASE')
  }
  expect(made(header, 2, 3)).toContain('BM-7  李雷')
  expect(made(form(sheet(language, true)).header, 1, 1)).not.toContain('SYNTHETIC')
})

test('only a signed report has a code, and the code is the address to verify it at', () => {
  const content = (signed: boolean) => JSON.stringify(form(sheet('en', signed)).content)
  expect(content(true)).toContain(`"qr":"http://lab/verify/${HASH}"`)
  expect(content(false)).not.toContain('"qr"')
})

test('a report says how many cells were unfamiliar to the recogniser, and where that is too many', () => {
  const content = (language: 'zh' | 'en', familiarity: Familiarity | null) =>
    JSON.stringify(form(sheet(language, true, false, familiarity)).content)
  const few = { cells: 200, unfamiliar: 11, away: false }
  expect(content('en', few)).toContain('11 of 200 found cells look unlike')
  expect(content('en', few)).not.toContain('less reliable')
  expect(content('en', { ...few, unfamiliar: 90, away: true })).toContain('less reliable here')
  expect(content('zh', few)).toContain('检出的 200 个细胞中有 11 个')
  expect(content('en', null)).not.toContain('Unfamiliar')
  expect(content('en', { cells: 0, unfamiliar: 0, away: false })).not.toContain('Unfamiliar')
})
