import { expect, test } from 'vitest'
import { CELL_NAME_CATALOGUE, CELL_NAME_PRESETS, withPreset } from './cell-name-presets.ts'
import {
  type CellName,
  checkCellNames,
  countNames,
  namesInUse,
  namesOfType,
  namesUnder,
  usedNames,
} from './cell-names.ts'

const [chinese, icsh] = CELL_NAME_PRESETS as unknown as [
  (typeof CELL_NAME_PRESETS)[number],
  (typeof CELL_NAME_PRESETS)[number],
]
const zhUnder = (type: Parameters<typeof namesUnder>[1]) =>
  namesUnder(chinese.names, type).map(({ zh }) => zh)

test('every name of the program is in a preset, and each preset is a list that a site may keep', () => {
  const used = new Set(CELL_NAME_PRESETS.flatMap(({ names }) => names.map(({ id }) => id)))
  expect(CELL_NAME_CATALOGUE.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([])
  for (const { names } of CELL_NAME_PRESETS) expect(checkCellNames(names)).toEqual(names)
  const abbreviations = CELL_NAME_CATALOGUE.map(({ abbreviation }) => abbreviation)
  expect(new Set(abbreviations).size).toBe(abbreviations.length)
})

test('the Chinese preset has the stages in the order of the form', () => {
  expect(zhUnder('erythroblast')).toEqual(['原始红细胞', '早幼红细胞', '中幼红细胞', '晚幼红细胞'])
  expect(zhUnder('eosinophil')).toEqual([
    '嗜酸性中幼粒细胞',
    '嗜酸性晚幼粒细胞',
    '嗜酸性杆状核粒细胞',
    '嗜酸性分叶核粒细胞',
  ])
  expect(zhUnder('lymphocyte')).toEqual(['幼稚淋巴细胞', '成熟淋巴细胞', '异型淋巴细胞'])
  expect(zhUnder('not_identifiable')).toContain('巨核细胞')
})

test('a site takes both presets: what is the same comes once, what it wrote stays, what it retired comes back', () => {
  const own: CellName = { ...chinese.names[0]!, id: 'own', en: 'Own', zh: '自', abbreviation: 'Own' }
  const first = { ...chinese.names[0]!, en: 'Blast of our own', retired: true }
  const both = withPreset(withPreset([own, first], chinese), icsh)
  expect(both.slice(0, 2)).toEqual([own, { ...first, retired: false }])
  expect(new Set(both.map(({ id }) => id)).size).toBe(both.length)
  expect(both.map(({ id }) => id)).toEqual(expect.arrayContaining(['eosinophil_band', 'hairy_cell', 'own']))
  expect(checkCellNames(both)).toEqual(both)
})

test('the parts of a type are of all counted cells, and zeros stand once one is named', () => {
  const cells = [
    { subtype: 'proerythroblast', tags: ['mitosis', 'binucleate'] },
    { subtype: null, tags: ['mitosis'] },
    { subtype: 'megakaryocyte', tags: [] },
  ]
  const by = countNames(cells)
  const of = (type: Parameters<typeof namesOfType>[2]) =>
    namesOfType(chinese.names, by, type, { count: 8, counted: 40 })
  expect(of('blast')).toBeNull()
  const { names, unnamed } = of('erythroblast')!
  expect(names.map(({ count, percent }) => [count, percent])).toEqual([
    [1, 2.5],
    [0, 0],
    [0, 0],
    [0, 0],
  ])
  expect(unnamed).toBe(7)
  expect(usedNames(chinese.names, 'not_counted', by)).toMatchObject([{ id: 'megakaryocyte', count: 1 }])
  expect(usedNames(chinese.names, 'tag', by).map(({ id, count }) => [id, count])).toEqual([
    ['binucleate', 1],
    ['mitosis', 2],
  ])
  const retired = chinese.names.map((one) => ({ ...one, retired: true }))
  // Retired names stay where they were given, and only there.
  expect(namesOfType(retired, by, 'erythroblast', { count: 8, counted: 0 })!.names).toMatchObject([
    { id: 'proerythroblast', percent: null },
  ])
  expect(namesInUse(chinese.names, by).map(({ id }) => id)).toEqual([
    ...['proerythroblast', 'erythroblast_basophilic', 'erythroblast_polychromatic'],
    ...['erythroblast_orthochromatic', 'megakaryocyte', 'binucleate', 'mitosis'],
  ])
})
