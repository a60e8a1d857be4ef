import { expect, test } from 'vitest'
import { NO_NAMES } from './cell-names.ts'
import { countingRule } from './counting-rules.ts'
import type { Counts } from './differential.ts'
import { EMPTY_DRAFT, type ReportPart } from './marrow-findings.ts'
import { EMPTY_PATIENT } from './patient-fields.ts'
import { implausible } from './plausibility.ts'
import { REFERENCE_TABLES } from './reference-ranges.ts'
import { type ReportInput, reportOf } from './report.ts'

/** 500 cells within every range of Iowa. */
const NORMAL: Counts = {
  ...{ blast: 4, promyelocyte: 20, myelocyte: 30, metamyelocyte: 40, band_neutrophil: 70 },
  ...{ segmented_neutrophil: 120, eosinophil: 12, basophil: 1, monocyte: 12, lymphocyte: 66 },
  ...{ plasma_cell: 3, erythroblast: 122 },
}

function found(
  counts: Counts,
  texts: Partial<Record<ReportPart, string>> = {},
  own: Partial<ReportInput> = {},
): string[] {
  const report = reportOf({
    case: {
      ...{ marrowNumber: 'BM-1', site: '', stain: '', clinicalNote: '', receivedOn: '2026-03-01' },
      ...{ target: 500, synthetic: false },
    },
    patient: EMPTY_PATIENT,
    counts,
    basis: 'images',
    rule: countingRule('icsh_2008'),
    reference: REFERENCE_TABLES[0]!,
    draft: {
      ...EMPTY_DRAFT,
      texts: Object.fromEntries(Object.entries(texts).map(([part, zh]) => [part, { zh, en: '' }])),
    },
    models: [],
    corrections: {
      confirmed: 0,
      renamed: 0,
      added: 0,
      removed: 0,
      restored: 0,
      moved: 0,
      reopened: 0,
      refined: 0,
    },
    familiarity: null,
    names: { list: [], cells: NO_NAMES },
    howConfirmed: null,
    agreement: null,
    readerName: null,
    signature: null,
    addenda: [],
    ...own,
  })
  return implausible(report).map(({ key }) => key)
}

test('a usual marrow of which nothing unusual is said raises no question', () => {
  const texts = {
    granulocytic: '粒系增生活跃，各阶段比例及形态大致正常。',
    erythroid: '红系增生活跃，形态大致正常。',
    lymphoid: '淋巴细胞比例大致正常。',
    opinion: '骨髓象大致正常，粒红比正常。',
  } as const
  expect(found(NORMAL, texts)).toEqual([])
})

test.each<[string, Counts, Partial<Record<ReportPart, string>>, string[]]>([
  [
    'said to be increased, counted within the range',
    NORMAL,
    { lymphoid: '淋巴细胞比例增高' },
    ['PHRASE_CONTRADICTS:lymphoid:lymphoid:increased'],
  ],
  [
    'said to be decreased, counted within the range',
    NORMAL,
    { erythroid: '红系比例减低' },
    ['PHRASE_CONTRADICTS:erythroid:erythroid:decreased'],
  ],
  [
    'said to be absent, and counted',
    NORMAL,
    { plasma_cell: '浆细胞缺如' },
    ['PHRASE_CONTRADICTS:plasma_cell:plasma_cell:absent'],
  ],
  [
    'blasts said not to be increased, and 12 %',
    { ...NORMAL, blast: 60 },
    { opinion: '原始细胞未见增多' },
    ['PHRASE_CONTRADICTS:opinion:blast:not_increased', 'SHARE_FAR:blast'],
  ],
  [
    'a ratio said to be inverted that is above one',
    NORMAL,
    { opinion: '粒红比倒置' },
    ['PHRASE_CONTRADICTS:opinion:ge_ratio:inverted'],
  ],
  [
    'a marrow said to be normal that is full of plasma cells',
    { ...NORMAL, plasma_cell: 200 },
    { opinion: '骨髓象大致正常' },
    ['PHRASE_CONTRADICTS:opinion:marrow:normal', 'SHARE_FAR:plasma_cell'],
  ],
])('%s', (_, counts, texts, keys) => {
  expect(found(counts, texts)).toEqual(keys)
})

test('few cells contradict nothing: their interval leaves room', () => {
  const ten = { lymphocyte: 1, segmented_neutrophil: 6, erythroblast: 3 }
  const texts = { lymphoid: '淋巴细胞增多', erythroid: '红系比例减低' } as const
  expect(found(ten, texts)).toEqual([])
  expect(found({ blast: 10 })).toEqual([])
  expect(found({ blast: 50 })).toContain('SHARE_FAR:blast')
})

test('megakaryocytes are compared with their own number, and not while none is given', () => {
  const texts = { megakaryocytic: '巨核细胞缺如' } as const
  const draft = { ...EMPTY_DRAFT, texts: { megakaryocytic: { zh: '', en: 'Megakaryocytes are absent.' } } }
  expect(found(NORMAL, texts)).toEqual([])
  const given = { ...draft, megakaryocytes: { count: 20, stages: {} } }
  expect(found(NORMAL, {}, { draft: given })).toEqual([
    'PHRASE_CONTRADICTS:megakaryocytic:megakaryocytic:absent',
  ])
})

test('a phrase in two languages is one finding', () => {
  const texts = { lymphoid: { zh: '淋巴细胞比例增高', en: 'Lymphocytes are increased.' } }
  expect(found(NORMAL, {}, { draft: { ...EMPTY_DRAFT, texts } })).toHaveLength(1)
})

test('two counts of one case whose intervals do not meet are named by their types', () => {
  const microscope = { ...NORMAL, lymphocyte: 300 }
  expect(found(NORMAL, {}, { sources: { images: NORMAL, microscope } }).join()).toContain('lymphocyte')
  expect(found(NORMAL, {}, { sources: { images: NORMAL, microscope: NORMAL } })).toEqual([])
  const few = { lymphocyte: 40 }
  expect(found(NORMAL, {}, { sources: { images: NORMAL, microscope: few } })).toEqual([])
})

test('nothing counted, nothing asked; a partial count is not laid against ranges of all cells', () => {
  expect(found({}, { lymphoid: '淋巴细胞增多' })).toEqual([])
  const rule = countingRule('partial_2008')
  expect(found({ blast: 90, erythroblast: 10 }, { opinion: '原始细胞未见增多' }, { rule })).toEqual([])
})
