/** Counting rules in versions, with those of the program in them; every case so far is counted by the first of its own. */
import { v7 } from 'uuid'
import { addColumn, type Indexes, makeTables, type Tables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

const TABLES: Tables = {
  counting_rules: [
    'id rule_id:word version:int name:text190 description:long source:text500 note:long denominator:long',
    'me_id:word me_name:text190 me_description:long me_source:text500 me_note:long me_numerator:long me_denominator:long',
    'built_in:int active:int is_default:int created_by:id? created_at:time',
  ].join(' '),
}

const UNIQUE: Indexes = [['counting_rules', ['rule_id', 'version']]]

const GRANULOCYTIC = [
  ...['promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil', 'segmented_neutrophil'],
  ...['eosinophil', 'basophil'],
]
const TYPES = ['blast', ...GRANULOCYTIC, 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast']

const NOT_COUNTED =
  'Megakaryocytes, macrophages, stromal and non-haemopoietic cells, smudged and naked nuclei and cells that cannot ' +
  'be identified are left out.'
const ICSH_2008 =
  'Lee S-H et al., ICSH guidelines for the standardization of bone marrow specimens and reports, ' +
  'Int J Lab Hematol 30 (2008) 349-364, doi:10.1111/j.1751-553X.2008.01100.x'
const PARTIAL_COUNT_2008 =
  'Lee SH et al., A partial nucleated differential cell count of the bone marrow aspirate that is independent of ' +
  'peripheral blood dilution, Int J Lab Hematol 30 (2008) 473-479'
const BAIKE = '粒红比例, Baidu Baike: granulocytes over nucleated red cells of a marrow smear'
const BLASTS_CONTESTED =
  'Whether blasts count is contested: on one slide with 90 % blasts, laboratories that follow the same guidelines ' +
  'answered from 0 to 99 (Khan L, Dilemmas in reporting the M:E ratio, RCPA Quality Assurance Programs).'

const RULES = [
  {
    rule_id: 'icsh_2008',
    name: 'All nucleated marrow cells, M:E by ICSH',
    description: `Percentages of all nucleated marrow cells. ${NOT_COUNTED}`,
    source: ICSH_2008,
    note: 'Mast cells and promonocytes belong to the count as well, but are no types of their own here.',
    denominator: TYPES,
    me_id: 'me_icsh_2008',
    me_name: 'M:E (ICSH)',
    me_description: 'Granulocytic and monocytic cells over erythroblasts; blasts do not count.',
    me_source: ICSH_2008,
    me_note: `The guideline's own wording was not at hand: check it before relying on this rule. ${BLASTS_CONTESTED}`,
    me_numerator: [...GRANULOCYTIC, 'monocyte'],
    is_default: 1,
  },
  {
    rule_id: 'chinese_report',
    name: 'All nucleated marrow cells, 粒红比',
    description: `Percentages of all nucleated marrow cells, as on a Chinese marrow report. ${NOT_COUNTED}`,
    source: BAIKE,
    note: '',
    denominator: TYPES,
    me_id: 'ge',
    me_name: 'G:E (粒红比)',
    me_description: 'Granulocytic cells over erythroblasts; neither monocytes nor blasts count.',
    me_source: BAIKE,
    me_note: BLASTS_CONTESTED,
    me_numerator: GRANULOCYTIC,
    is_default: 0,
  },
  {
    rule_id: 'partial_2008',
    name: 'Partial count of dividing cells',
    description: 'Percentages of the cells that still divide: independent of dilution with peripheral blood.',
    source: PARTIAL_COUNT_2008,
    note: 'Blast thresholds of 5, 10 and 20 % are of all nucleated cells and do not hold for this count.',
    denominator: ['blast', 'promyelocyte', 'myelocyte', 'erythroblast'],
    me_id: 'me_partial_2008',
    me_name: 'M:E (partial count)',
    me_description: 'Blasts, promyelocytes and myelocytes over erythroblasts: the cells that still divide.',
    me_source: PARTIAL_COUNT_2008,
    me_note: 'The source counts myeloblasts; the blasts here are of any line.',
    me_numerator: ['blast', 'promyelocyte', 'myelocyte'],
    is_default: 0,
  },
]

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'specimens', 'counting_rule_version', 'int', 1)
  await makeTables(db, TABLES, UNIQUE, [])
  const created_at = Date.now()
  const rows = RULES.map(({ denominator, me_numerator, ...rule }) => ({
    ...{ id: v7(), version: 1, built_in: 1, active: 1, created_by: null, created_at },
    ...rule,
    denominator: JSON.stringify(denominator),
    me_numerator: JSON.stringify(me_numerator),
    me_denominator: JSON.stringify(['erythroblast']),
  }))
  await db.deleteFrom('counting_rules').execute()
  await db.insertInto('counting_rules').values(rows).execute()
}
