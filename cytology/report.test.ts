import { expect, test } from 'vitest'
import { NO_NAMES } from './cell-names.ts'
import { countingRule } from './counting-rules.ts'
import { EMPTY_DRAFT, inLanguage } from './marrow-findings.ts'
import { meRule } from './me-rules.ts'
import { EMPTY_PATIENT } from './patient-fields.ts'
import { REFERENCE_TABLES } from './reference-ranges.ts'
import { ageAt, type ReportInput, reportOf } from './report.ts'

const INPUT: ReportInput = {
  case: {
    marrowNumber: 'BM-1',
    site: 'iliac',
    stain: 'Wright-Giemsa',
    clinicalNote: '',
    receivedOn: '2026-03-01',
    target: 200,
    synthetic: false,
  },
  patient: { ...EMPTY_PATIENT, name: '张三', sex: 'female', birthDate: '1980-03-02', hospitalNumber: '1' },
  counts: { blast: 12, myelocyte: 20, monocyte: 8, erythroblast: 40, lymphocyte: 20, not_identifiable: 5 },
  names: { list: [], cells: NO_NAMES },
  basis: 'images',
  rule: { ...countingRule('icsh_2008'), meRule: meRule('me_icsh_2008_with_blasts') },
  reference: REFERENCE_TABLES[1]!,
  draft: { ...EMPTY_DRAFT, megakaryocytes: { count: 40, stages: { granular: 30, naked_nucleus: 10 } } },
  models: [],
  corrections: {
    confirmed: 90,
    renamed: 3,
    added: 1,
    removed: 2,
    restored: 0,
    moved: 0,
    refined: 0,
    reopened: 0,
  },
  familiarity: null,
  howConfirmed: null,
  agreement: null,
  readerName: null,
  signature: null,
  addenda: [],
}

test('shares, ratios and marks come from one count', () => {
  const report = reportOf(INPUT)
  expect([report.counted, report.notCounted]).toEqual([100, 5])
  const blast = report.rows.find(({ type }) => type === 'blast')!
  expect(blast).toMatchObject({ count: 12, percent: 12, reference: '< 2', mark: 'above', lineage: null })
  // scipy.stats.beta.ppf for 12 of 100.
  expect([blast.low, blast.high].map((end) => end!.toFixed(2))).toEqual(['6.36', '20.02'])
  expect(report.rows.find(({ type }) => type === 'lymphocyte')!.mark).toBe('unknown')
  expect(report.lineages).toContainEqual({ lineage: 'granulocytic', count: 20, percent: 20 })
  // (12 + 20 + 8) / 40 with monocytes, (12 + 20) / 40 without.
  expect(report.ratio).toMatchObject({ value: 1, mark: 'below', reference: '2–4' })
  expect(report.granulocyteToErythroid).toMatchObject({ rule: 'ge_with_blasts', value: 0.8 })
  expect(report.megakaryocytes).toEqual({ reference: '7–35', mark: 'above' })
  expect(report.age).toEqual({ years: 45, months: 11, days: 27 })
})

test('a partial count is not laid against ranges of all nucleated cells', () => {
  const { rows, counted } = reportOf({ ...INPUT, rule: countingRule('partial_2008') })
  expect([counted, rows.length]).toEqual([72, 4])
  expect(rows.every(({ reference, mark }) => reference === '' && mark === 'unknown')).toBe(true)
})

test('nothing counted is a report all the same', () => {
  const report = reportOf({ ...INPUT, counts: {} })
  expect(report.ratio.value).toBeNull()
  expect(report.rows.every(({ percent }) => percent === null)).toBe(true)
})

test.each([
  ['2000-02-29', '2026-02-28', { years: 25, months: 11, days: 30 }],
  ['2026-01-15', '2026-03-01', { years: 0, months: 1, days: 14 }],
  ['2026-03-01', '2026-03-01', { years: 0, months: 0, days: 0 }],
  ['2026-03-02', '2026-03-01', null],
])('born %s is on %s %o', (born, day, age) => {
  expect(ageAt(born, day)).toEqual(age)
})

test('a text is printed in the other language where it is empty', () => {
  expect(inLanguage({ zh: '良好', en: ' ' }, 'en')).toBe('良好')
  expect(inLanguage({ zh: '良好', en: 'good' }, 'en')).toBe('good')
  expect(inLanguage(undefined, 'zh')).toBe('')
})
