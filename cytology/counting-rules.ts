import type { CellType } from './cell-types.ts'
import { MarrowscopeError } from './errors.ts'
import { type MeRule, meRule } from './me-rules.ts'

/** Which cells are the 100 % of a differential, and which M:E ratio goes with it. Plain data: a site may bring its own. */
export interface CountingRule {
  /** Stable, stored with every result. */
  readonly id: string
  /** 1, 2, 3 …: what a version says is never changed. */
  readonly version: number
  readonly name: string
  readonly description: string
  readonly source: string
  /** What is not certain about the rule. */
  readonly note?: string
  /** The types whose cells are counted; percentages are of their sum. */
  readonly denominator: readonly CellType[]
  readonly meRule: MeRule
}

const NOT_COUNTED =
  'Megakaryocytes, macrophages, stromal and non-haemopoietic cells, smudged and naked nuclei and cells that cannot ' +
  'be identified are left out.'

/** What a version counts is never changed: a type that comes later is counted by later versions. */
const FIRST_TYPES: readonly CellType[] = [
  ...(['blast', 'promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil'] as const),
  ...(['segmented_neutrophil', 'eosinophil', 'basophil', 'monocyte', 'lymphocyte'] as const),
  ...(['plasma_cell', 'erythroblast'] as const),
]

export const COUNTING_RULES: readonly CountingRule[] = [
  {
    id: 'icsh_2008',
    version: 1,
    name: 'All nucleated marrow cells, M:E by ICSH',
    description: `Percentages of all nucleated marrow cells. ${NOT_COUNTED}`,
    source: meRule('me_icsh_2008').source,
    note: 'Mast cells and promonocytes belong to the count as well, but are no types of their own here.',
    denominator: FIRST_TYPES,
    meRule: meRule('me_icsh_2008'),
  },
  {
    id: 'chinese_report',
    version: 1,
    name: 'All nucleated marrow cells, 粒红比',
    description: `Percentages of all nucleated marrow cells, as on a Chinese marrow report. ${NOT_COUNTED}`,
    source: meRule('ge').source,
    denominator: FIRST_TYPES,
    meRule: meRule('ge'),
  },
  {
    id: 'partial_2008',
    version: 1,
    name: 'Partial count of dividing cells',
    description: 'Percentages of the cells that still divide: independent of dilution with peripheral blood.',
    source: meRule('me_partial_2008').source,
    note: 'Blast thresholds of 5, 10 and 20 % are of all nucleated cells and do not hold for this count.',
    denominator: ['blast', 'promyelocyte', 'myelocyte', 'erythroblast'],
    meRule: meRule('me_partial_2008'),
  },
]

/**
 * Reference ranges and the thresholds of blasts are of all nucleated cells: they hold only where a rule leaves none out. A
 * rule that is older than a type left none out.
 */
export const countsEveryType = ({ denominator }: Pick<CountingRule, 'denominator'>): boolean =>
  FIRST_TYPES.every((type) => denominator.includes(type))

export const DEFAULT_COUNTING_RULE = 'icsh_2008'

/** The rule of that id. Throws COUNTING_RULE_UNKNOWN, naming the ids there are. */
export function countingRule(id: string): CountingRule {
  const rule = COUNTING_RULES.find((candidate) => candidate.id === id)
  if (rule) return rule
  const known = COUNTING_RULES.map((candidate) => candidate.id).join(', ')
  throw new MarrowscopeError(
    'COUNTING_RULE_UNKNOWN',
    `There is no counting rule '${id}'; choose one of ${known}.`,
  )
}

/** Names of the rules that come with the program; a rule's own name is English, a site's is in whatever language it was given. */
const RULE_ZH: Readonly<Record<string, string>> = {
  icsh_2008: '全部骨髓有核细胞 (ICSH)',
  chinese_report: '全部骨髓有核细胞 (国内报告单)',
  partial_2008: '分裂期细胞部分计数',
  me_icsh_2008: '粒系加单核系比红系，不含原始细胞 (ICSH)',
  me_icsh_2008_with_blasts: '粒系加单核系加原始细胞比红系 (ICSH)',
  ge: '粒系比红系，不含原始细胞',
  ge_with_blasts: '粒系加原始细胞比红系',
  me_partial_2008: '原始、早幼、中幼粒细胞比红系',
}

/** What a counting rule or an M:E rule is called in a language. */
export const ruleName = (language: 'en' | 'zh', { id, name }: { id: string; name: string }): string =>
  (language === 'zh' ? RULE_ZH[id] : undefined) ?? name
