/** What a person enters beside the differential: cellularity, megakaryocytes, and the texts of a report. */

interface Named {
  readonly en: string
  readonly zh: string
}

/**
 * 增生程度, from most to least. A grade is entered, never computed: it is read off the whole smear, and the cut-offs
 * differ between laboratories. The English names say what the Chinese grade is taken for in a trephine's words.
 */
export const CELLULARITY_GRADES = {
  extremely_active: { en: 'Extremely active (markedly hypercellular)', zh: '极度活跃' },
  markedly_active: { en: 'Markedly active (hypercellular)', zh: '明显活跃' },
  active: { en: 'Active (normocellular)', zh: '活跃' },
  reduced: { en: 'Reduced (hypocellular)', zh: '减低' },
  severely_reduced: { en: 'Severely reduced (markedly hypocellular)', zh: '极度减低' },
} as const satisfies Record<string, Named>

export type CellularityGrade = keyof typeof CELLULARITY_GRADES

/** Stages of the megakaryocytes in the order of maturation; counted apart from the differential. */
export const MEGAKARYOCYTE_STAGES = {
  megakaryoblast: { en: 'Megakaryoblast', zh: '原始' },
  promegakaryocyte: { en: 'Promegakaryocyte', zh: '幼稚' },
  granular: { en: 'Granular', zh: '颗粒' },
  platelet_producing: { en: 'Platelet-producing', zh: '产板' },
  naked_nucleus: { en: 'Naked nucleus', zh: '裸核' },
} as const satisfies Record<string, Named>

export type MegakaryocyteStage = keyof typeof MEGAKARYOCYTE_STAGES

/** The texts of a report, in the order in which it prints them. A phrase belongs to one of them. */
export const REPORT_PARTS = {
  specimen: { en: 'Aspirate', zh: '取材' },
  smear: { en: 'Smear', zh: '涂片' },
  stain: { en: 'Stain quality', zh: '染色' },
  granulocytic: { en: 'Granulopoiesis', zh: '粒系' },
  erythroid: { en: 'Erythropoiesis', zh: '红系' },
  lymphoid: { en: 'Lymphocytes', zh: '淋系' },
  monocytic: { en: 'Monocytes', zh: '单核系' },
  plasma_cell: { en: 'Plasma cells', zh: '浆细胞' },
  megakaryocytic: { en: 'Megakaryocytes and platelets', zh: '巨核/血小板' },
  blood_film: { en: 'Blood film', zh: '血片' },
  cytochemistry: { en: 'Cytochemistry', zh: '细胞化学' },
  opinion: { en: 'Conclusion', zh: '诊断意见' },
} as const satisfies Record<string, Named>

export type ReportPart = keyof typeof REPORT_PARTS

/** The parts that tell of one line's morphology. */
export const LINEAGE_PARTS = [
  'granulocytic',
  'erythroid',
  'lymphoid',
  'monocytic',
  'plasma_cell',
  'megakaryocytic',
] as const satisfies readonly ReportPart[]

/** A text in both languages; one that is empty is printed in the other. */
export interface BothLanguages {
  zh: string
  en: string
}

/** A cell or a field to print, by its id, with its caption. */
export interface ReportPicture {
  kind: 'cell' | 'field'
  id: string
  caption: BothLanguages
}

/** All that a person enters into a report. */
export interface ReportDraft {
  department: string
  bed: string
  cellularity: CellularityGrade | null
  megakaryocytes: {
    /** On 1.5 × 3 cm of the smear; null where none were counted. */
    count: number | null
    stages: Partial<Record<MegakaryocyteStage, number>>
  }
  texts: Partial<Record<ReportPart, BothLanguages>>
  pictures: ReportPicture[]
}

export const EMPTY_DRAFT: ReportDraft = {
  department: '',
  bed: '',
  cellularity: null,
  megakaryocytes: { count: null, stages: {} },
  texts: {},
  pictures: [],
}

/** The text in a language, or in the other one where it has none. */
export function inLanguage(text: Readonly<BothLanguages> | undefined, language: 'zh' | 'en'): string {
  if (!text) return ''
  return text[language].trim() || text[language === 'zh' ? 'en' : 'zh'].trim()
}
