/**
 * Finer names that come with the program: one catalogue, of which each preset takes a part in the order of its form. What both
 * take has the same id, so that a site may take both.
 */
import type { CellName } from './cell-names.ts'
import { type CellClass, type CellType, NOT_IDENTIFIABLE } from './cell-types.ts'

/** Abbreviation, English, Chinese. */
type Words = readonly [string, string, string]

/**
 * Promonocytes are monocytes by their line, blast equivalents by the diagnosis (WHO): they stand under the monocytes, as on the
 * Chinese form, and thresholds of blasts do not hold them. Plasmablasts count as plasma cells (WHO, myeloma).
 */
const SUBTYPES: Partial<Record<CellType, Record<string, Words>>> = {
  blast: {
    myeloblast: ['MBL', 'Myeloblast', '原始粒细胞'],
    monoblast: ['MoBL', 'Monoblast', '原始单核细胞'],
    lymphoblast: ['LBL', 'Lymphoblast', '原始淋巴细胞'],
    megakaryoblast: ['MkBL', 'Megakaryoblast', '原始巨核细胞'],
    blast_of_unknown_line: ['UBL', 'Blast, lineage not clear', '原始血细胞'],
  },
  promyelocyte: {
    promyelocyte_normal: ['nPMY', 'Normal promyelocyte', '正常早幼粒细胞'],
    promyelocyte_abnormal: ['aPMY', 'Abnormal promyelocyte', '异常早幼粒细胞'],
  },
  eosinophil: {
    eosinophil_myelocyte: ['EoMy', 'Eosinophil myelocyte', '嗜酸性中幼粒细胞'],
    eosinophil_metamyelocyte: ['EoMM', 'Eosinophil metamyelocyte', '嗜酸性晚幼粒细胞'],
    eosinophil_band: ['EoBd', 'Band eosinophil', '嗜酸性杆状核粒细胞'],
    eosinophil_segmented: ['EoSg', 'Segmented eosinophil', '嗜酸性分叶核粒细胞'],
    eosinophil_mature: ['EoMt', 'Mature eosinophil', '成熟嗜酸性粒细胞'],
  },
  basophil: {
    basophil_myelocyte: ['BaMy', 'Basophil myelocyte', '嗜碱性中幼粒细胞'],
    basophil_metamyelocyte: ['BaMM', 'Basophil metamyelocyte', '嗜碱性晚幼粒细胞'],
    basophil_band: ['BaBd', 'Band basophil', '嗜碱性杆状核粒细胞'],
    basophil_segmented: ['BaSg', 'Segmented basophil', '嗜碱性分叶核粒细胞'],
  },
  erythroblast: {
    proerythroblast: ['ProE', 'Proerythroblast', '原始红细胞'],
    erythroblast_basophilic: ['BasE', 'Basophilic erythroblast', '早幼红细胞'],
    erythroblast_polychromatic: ['PolE', 'Polychromatic erythroblast', '中幼红细胞'],
    erythroblast_orthochromatic: ['OrtE', 'Orthochromatic erythroblast', '晚幼红细胞'],
  },
  lymphocyte: {
    prolymphocyte: ['ProL', 'Prolymphocyte', '幼稚淋巴细胞'],
    lymphocyte_mature: ['MatL', 'Mature lymphocyte', '成熟淋巴细胞'],
    lymphocyte_reactive: ['ReaL', 'Reactive lymphocyte', '异型淋巴细胞'],
    lymphocyte_large_granular: ['LGL', 'Large granular lymphocyte', '大颗粒淋巴细胞'],
    hairy_cell: ['Hair', 'Hairy cell', '毛细胞'],
  },
  monocyte: {
    promonocyte: ['ProM', 'Promonocyte', '幼稚单核细胞'],
    monocyte_mature: ['MatM', 'Mature monocyte', '成熟单核细胞'],
  },
  plasma_cell: {
    plasmablast: ['PBL', 'Plasmablast', '原始浆细胞'],
    plasma_cell_immature: ['ImmP', 'Immature plasma cell', '幼稚浆细胞'],
    plasma_cell_mature: ['MatP', 'Mature plasma cell', '成熟浆细胞'],
  },
}

/** What no differential of nucleated marrow cells counts, whatever the rule. */
const NOT_COUNTED: Record<string, Words> = {
  megakaryocyte: ['Meg', 'Megakaryocyte', '巨核细胞'],
  macrophage: ['Mac', 'Macrophage', '吞噬细胞'],
  reticular_cell: ['Ret', 'Reticular cell', '网状细胞'],
  mast_cell: ['Mast', 'Mast cell', '组织嗜碱细胞'],
  osteoblast: ['Obl', 'Osteoblast', '成骨细胞'],
  osteoclast: ['Ocl', 'Osteoclast', '破骨细胞'],
  endothelial_cell: ['Endo', 'Endothelial cell', '内皮细胞'],
  adipocyte: ['Fat', 'Adipocyte', '脂肪细胞'],
  fibroblast: ['Fib', 'Fibroblast', '纤维细胞'],
  metastatic_cell: ['Meta', 'Non-haemopoietic tumour cell', '转移性肿瘤细胞'],
  naked_nucleus: ['Nak', 'Naked nucleus', '裸核细胞'],
  smudge_cell: ['Smu', 'Smudge cell', '涂抹细胞'],
  degenerate_cell: ['Deg', 'Degenerate cell', '退化细胞'],
  unclassified_cell: ['Unc', 'Cell that cannot be classified', '分类不明细胞'],
}

/** What WHO (5th edition, 2022) and ICC name as dysplasia, and what a morphologist notes of a cell. */
const TAGS: Record<string, Words> = {
  auer_rod: ['Auer', 'Auer rod', 'Auer小体'],
  faggot_cell: ['Fagg', 'Bundles of Auer rods (faggot)', '柴捆细胞'],
  vacuoles: ['Vac', 'Vacuoles', '空泡'],
  binucleate: ['2N', 'Binucleate', '双核'],
  multinucleate: ['MN', 'Multinucleate', '多核'],
  mitosis: ['Mit', 'Mitosis', '核分裂象'],
  smudge: ['Smdg', 'Smudged', '涂抹状'],
  megaloblastoid: ['Mgl', 'Megaloblastoid change', '巨幼样变'],
  nuclear_budding: ['Bud', 'Nuclear budding', '核出芽'],
  internuclear_bridge: ['Brdg', 'Internuclear bridging', '核间桥'],
  karyorrhexis: ['Krx', 'Karyorrhexis', '核碎裂'],
  howell_jolly_body: ['HJ', 'Howell-Jolly body', 'Howell-Jolly小体'],
  basophilic_stippling: ['Stip', 'Basophilic stippling', '嗜碱性点彩'],
  hypogranular: ['Hypo', 'Hypogranular or agranular', '颗粒减少'],
  pseudo_pelger: ['Pelg', 'Pseudo-Pelger-Huët nucleus', '假性Pelger-Huët畸形'],
  hypersegmented: ['Hseg', 'Hypersegmented nucleus', '核分叶过多'],
  giant_form: ['Gnt', 'Giant form', '巨大型'],
  ring_nucleus: ['Ring', 'Ring nucleus', '环形核'],
  toxic_granulation: ['Tox', 'Toxic granulation', '中毒颗粒'],
  micromegakaryocyte: ['mMk', 'Micromegakaryocyte', '小巨核细胞'],
  nucleolus: ['Nucl', 'Prominent nucleolus', '核仁明显'],
  mott_cell: ['Mott', 'Mott cell', 'Mott细胞'],
  flame_cell: ['Flam', 'Flame cell', '火焰状浆细胞'],
  haemophagocytosis: ['Hph', 'Haemophagocytosis', '噬血现象'],
}

const name = (
  id: string,
  [abbreviation, en, zh]: Words,
  kind: CellName['kind'],
  under: CellClass | null,
): CellName => ({ id, kind, under, en, zh, abbreviation, key: null, retired: false })

/** All names that come with the program, in the order of the types. */
export const CELL_NAME_CATALOGUE: readonly CellName[] = [
  ...Object.entries(SUBTYPES).flatMap(([type, own]) =>
    Object.entries(own).map(([id, words]) => name(id, words, 'subtype', type as CellType)),
  ),
  ...Object.entries(NOT_COUNTED).map(([id, words]) => name(id, words, 'not_counted', NOT_IDENTIFIABLE)),
  ...Object.entries(TAGS).map(([id, words]) => name(id, words, 'tag', null)),
]

export interface CellNamePreset {
  readonly id: string
  readonly en: string
  readonly zh: string
  readonly source: string
  readonly names: readonly CellName[]
}

const of = (ids: string): CellName[] =>
  ids
    .trim()
    .split(/\s+/)
    .map((id) => CELL_NAME_CATALOGUE.find((one) => one.id === id)!)

/** The kinds of dysplasia and other findings are the same in both. */
const ALL_TAGS = CELL_NAME_CATALOGUE.filter(({ kind }) => kind === 'tag')

export const CELL_NAME_PRESETS: readonly CellNamePreset[] = [
  {
    id: 'chinese_form',
    en: 'Chinese marrow report form',
    zh: '骨髓细胞学检查报告单',
    source:
      '尚红等: 全国临床检验操作规程 (4th ed. 2015), form of the marrow report; eosinophils and basophils in four stages, other cells below the count',
    names: [
      ...of(`blast_of_unknown_line myeloblast
        eosinophil_myelocyte eosinophil_metamyelocyte eosinophil_band eosinophil_segmented
        basophil_myelocyte basophil_metamyelocyte basophil_band basophil_segmented
        proerythroblast erythroblast_basophilic erythroblast_polychromatic erythroblast_orthochromatic
        lymphoblast prolymphocyte lymphocyte_mature lymphocyte_reactive
        monoblast promonocyte monocyte_mature
        plasmablast plasma_cell_immature plasma_cell_mature megakaryoblast
        megakaryocyte reticular_cell endothelial_cell macrophage mast_cell adipocyte
        osteoblast osteoclast fibroblast unclassified_cell degenerate_cell smudge_cell naked_nucleus
        metastatic_cell`),
      ...ALL_TAGS,
    ],
  },
  {
    id: 'icsh',
    en: 'ICSH',
    zh: 'ICSH 名称',
    source:
      'Lee et al.: ICSH guidelines for the standardization of bone marrow specimens and reports. Int J Lab Hematol 2008;30:349–364. Palmer et al.: ICSH recommendations for grading of peripheral blood cell morphology. 2015;37:287–303',
    names: [
      ...of(`myeloblast monoblast lymphoblast megakaryoblast blast_of_unknown_line
        promyelocyte_normal promyelocyte_abnormal
        eosinophil_myelocyte eosinophil_metamyelocyte eosinophil_mature
        promonocyte monocyte_mature
        prolymphocyte lymphocyte_mature lymphocyte_reactive lymphocyte_large_granular hairy_cell
        plasmablast plasma_cell_immature plasma_cell_mature
        proerythroblast erythroblast_basophilic erythroblast_polychromatic erythroblast_orthochromatic
        megakaryocyte macrophage mast_cell osteoblast osteoclast endothelial_cell adipocyte metastatic_cell
        naked_nucleus smudge_cell unclassified_cell`),
      ...ALL_TAGS,
    ],
  },
]

/** A site's list with what a preset has more; what is there stays as the site wrote it, retired names come back. */
export function withPreset(names: readonly CellName[], preset: CellNamePreset): CellName[] {
  const taken = new Set(preset.names.map(({ id }) => id))
  const there = new Set(names.map(({ id }) => id))
  return [
    ...names.map((one) => (taken.has(one.id) ? { ...one, retired: false } : one)),
    ...preset.names.filter(({ id }) => !there.has(id)),
  ]
}
