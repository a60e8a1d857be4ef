import { expect, test } from 'vitest'
import { statementsOf } from './claims.ts'
import type { ReportPart } from './marrow-findings.ts'

const said = (part: ReportPart, text: string) =>
  statementsOf(part, text).map(({ subject, claim }) => `${subject} ${claim}`)

test.each<[ReportPart, string, string[]]>([
  ['granulocytic', '粒系比例增高，以中、晚幼及杆状核细胞为主，核左移。', ['granulocytic increased']],
  ['granulocytic', 'Increased, mainly myelocytes, metamyelocytes and bands.', ['granulocytic increased']],
  ['granulocytic', '粒系增生活跃，部分细胞胞质颗粒增多、增粗，可见空泡。', []],
  ['granulocytic', 'Active; some cells show increased coarse granules.', []],
  ['granulocytic', '原始细胞比例增高，胞体中等大小。', ['blast increased']],
  ['granulocytic', 'Blasts are increased: of medium size, with fine chromatin.', ['blast increased']],
  ['erythroid', '红系比例减低，成熟红细胞形态大致正常。', ['erythroid decreased']],
  ['erythroid', 'Reduced in proportion. Red cells of about normal form.', ['erythroid decreased']],
  ['erythroid', '有核红细胞缺如', ['erythroid absent']],
  ['lymphoid', '淋巴细胞比例及形态大致正常。', ['lymphoid normal']],
  ['lymphoid', 'Lymphocytes of about normal proportion and form.', ['lymphoid normal']],
  ['lymphoid', 'Lymphocytes are not clearly increased.', ['lymphoid not_increased']],
  ['plasma_cell', '浆细胞未见明显增多', ['plasma_cell not_increased']],
  ['plasma_cell', '浆细胞偶见，形态未见明显异常。', []],
  ['plasma_cell', 'No plasma cells.', ['plasma_cell absent']],
  ['megakaryocytic', '巨核细胞少见；血小板少见。', ['megakaryocytic decreased']],
  ['opinion', '粒红比倒置。', ['ge_ratio inverted']],
  ['opinion', 'The M:E ratio is normal.', ['me_ratio normal']],
  ['opinion', '骨髓象大致正常，请结合临床及其他检查。', ['marrow normal']],
  [
    'opinion',
    'Blasts not increased, eosinophils increased.',
    ['blast not_increased', 'eosinophil increased'],
  ],
  // What a film of blood, or a stain, shows is not the count of the marrow.
  ['blood_film', '淋巴细胞增多', []],
  ['cytochemistry', '内铁减少。', []],
])('%s: %s', (part, text, statements) => {
  expect(said(part, text)).toEqual(statements)
})
