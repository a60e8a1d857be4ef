/** The cell lines of the marrow that a differential reports, with their names. */
export const LINEAGES = {
  granulocytic: { en: 'Granulocytic', zh: '粒系' },
  erythroid: { en: 'Erythroid', zh: '红系' },
  monocytic: { en: 'Monocytic', zh: '单核系' },
  lymphoid: { en: 'Lymphoid', zh: '淋系' },
  plasma_cell: { en: 'Plasma cell', zh: '浆细胞系' },
} as const

export type Lineage = keyof typeof LINEAGES

/** The 12 types that are counted, in maturation order within the granulocytic line, and the one that never is. */
export const CELL_TYPES = [
  'blast',
  'promyelocyte',
  'myelocyte',
  'metamyelocyte',
  'band_neutrophil',
  'segmented_neutrophil',
  'eosinophil',
  'basophil',
  'monocyte',
  'lymphocyte',
  'plasma_cell',
  'erythroblast',
] as const

export const NOT_IDENTIFIABLE = 'not_identifiable'

/** Every class a recogniser may answer with, in the order of its output vector. */
export const CELL_CLASSES = [...CELL_TYPES, NOT_IDENTIFIABLE] as const

export type CellType = (typeof CELL_TYPES)[number]
export type CellClass = (typeof CELL_CLASSES)[number]

export interface CellClassInfo {
  /** English name, singular, sentence case. */
  readonly en: string
  /** Chinese name as marrow reports print it. */
  readonly zh: string
  /** Three capital ASCII letters, for overlays and tight columns. */
  readonly abbreviation: string
  /** null where the type alone does not say: a blast may belong to any line. */
  readonly lineage: Lineage | null
  /**
   * Display colour, `#rrggbb`. One hue a lineage, lightness by maturation; chosen so that any two stay apart in
   * normal and in colour-blind vision. Show the abbreviation beside it all the same.
   */
  readonly colour: string
}

/** All that is known about a class by its id. */
export const CELL_CLASS_INFO: Readonly<Record<CellClass, CellClassInfo>> = {
  blast: info('Blast', '原始细胞', 'BLA', null, '#f7b014'),
  promyelocyte: info('Promyelocyte', '早幼粒细胞', 'PMY', 'granulocytic', '#521880'),
  myelocyte: info('Myelocyte', '中性中幼粒细胞', 'MYE', 'granulocytic', '#9342d8'),
  metamyelocyte: info('Metamyelocyte', '中性晚幼粒细胞', 'MMY', 'granulocytic', '#b06ac1'),
  band_neutrophil: info('Band neutrophil', '中性杆状核粒细胞', 'BND', 'granulocytic', '#d086ae'),
  segmented_neutrophil: info('Segmented neutrophil', '中性分叶核粒细胞', 'SEG', 'granulocytic', '#f3c1d4'),
  eosinophil: info('Eosinophil', '嗜酸性粒细胞', 'EOS', 'granulocytic', '#ee7e38'),
  basophil: info('Basophil', '嗜碱性粒细胞', 'BAS', 'granulocytic', '#191f38'),
  monocyte: info('Monocyte', '单核细胞', 'MON', 'monocytic', '#248178'),
  lymphocyte: info('Lymphocyte', '淋巴细胞', 'LYM', 'lymphoid', '#63aafc'),
  plasma_cell: info('Plasma cell', '浆细胞', 'PLA', 'plasma_cell', '#3111be'),
  erythroblast: info('Erythroblast', '有核红细胞', 'ERY', 'erythroid', '#a00009'),
  not_identifiable: info('Not identifiable', '无法识别', 'NID', null, '#4f4f4f'),
}

function info(
  en: string,
  zh: string,
  abbreviation: string,
  lineage: Lineage | null,
  colour: string,
): CellClassInfo {
  return { en, zh, abbreviation, lineage, colour }
}

/** Whether a text, say from a file, is the id of a class. */
export function isCellClass(id: string): id is CellClass {
  return Object.hasOwn(CELL_CLASS_INFO, id)
}

/** The counted types of a lineage, in the order of CELL_TYPES. */
export function typesOfLineage(lineage: Lineage): CellType[] {
  return CELL_TYPES.filter((type) => CELL_CLASS_INFO[type].lineage === lineage)
}

/** A cell that no person has settled is doubtful where its type is less probable than this, 0…1: more likely wrong than right. */
export const DOUBTFUL_BELOW = 0.5
