/** The report of a case as plain data: both printed forms, the tables and the JSON are made of it. */
import type { Agreement } from './agreement.ts'
import {
  type CellName,
  type NameCount,
  type NamedCells,
  type NamesOfType,
  namesOfType,
  usedNames,
} from './cell-names.ts'
import { CELL_CLASS_INFO, type CellType, LINEAGES, type Lineage } from './cell-types.ts'
import { type CountingRule, countsEveryType } from './counting-rules.ts'
import { type Counts, differential, type MeRatio, meRatio, type TypeShare } from './differential.ts'
import type { Familiarity } from './familiarity.ts'
import type { HowConfirmed } from './how-confirmed.ts'
import type { Letterhead } from './letterhead.ts'
import type { ReportDraft } from './marrow-findings.ts'
import { type MeRule, meRule } from './me-rules.ts'
import { type Estimate, type Mark, markOf, ratioEstimate } from './out-of-range.ts'
import type { PatientData } from './patient-fields.ts'
import { againstReference, type Measure, type ReferenceTable } from './reference-ranges.ts'
import { type CountSources, countedTwice, type ReportedCount } from './reported-count.ts'

/** Stands on every screen, report, picture and answer that carries a result. */
export const INTENDED_USE = 'For research and education. Not a medical device.'

/** What is known of a case when its report is made. Times are ms since 1970, days are yyyy-mm-dd. */
export interface ReportInput {
  case: {
    marrowNumber: string
    site: string
    stain: string
    clinicalNote: string
    /** Who asked for the examination; undefined in reports signed before that was kept. */
    requester?: string
    receivedOn: string
    target: number
    synthetic: boolean
  }
  patient: PatientData
  /** What is reported; `basis`: of which count it is. */
  counts: Counts
  /** The site's finer names, and how many cells in images bear each; as they were when the case was signed. */
  names: { list: readonly CellName[]; cells: NamedCells }
  basis: ReportedCount
  /** Both counts of the case; undefined in reports signed before a case could have two. */
  sources?: CountSources
  /** As of `markOf`; undefined in reports signed before: every value outside its range was marked. */
  marksFrom?: number
  /** null where the site has none, undefined in reports signed before there were any. */
  letterhead?: Letterhead | null
  rule: CountingRule
  reference: ReferenceTable
  draft: ReportDraft
  models: readonly ModelPair[]
  corrections: Corrections
  /** null where nothing is known of it. */
  familiarity: Familiarity | null
  /** How the review of the counted cells came about; null where nothing is known of it, or nothing was counted in images. */
  howConfirmed: HowConfirmed | null
  /** How far a second reader agreed, where the site wants it said; null where it is not said. */
  agreement: (Agreement & { readerName: string }) | null
  /** 检验者: who read the case. */
  readerName: string | null
  signature: { userName: string; at: number; sha256: string } | null
  addenda: readonly { userName: string; at: number; text: string; sha256: string }[]
}

export interface ModelPair {
  detector: { name: string; version: string }
  recogniser: { name: string; version: string }
}

/** How often each kind of change was made to cells of the case. */
export const CORRECTION_KINDS = [
  'confirmed',
  'renamed',
  'added',
  'removed',
  'restored',
  'moved',
  'refined',
  'reopened',
] as const
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]
export type Corrections = Record<CorrectionKind, number>

export interface ReportRow extends TypeShare {
  type: CellType
  lineage: Lineage | null
  reference: string
  mark: Mark
  /** null where no cell of the type was named further. */
  finer: NamesOfType | null
}

export interface ReportRatio extends MeRatio {
  /** Ends of its exact 95 % interval. */
  low: number | null
  high: number | null
  name: string
  reference: string
  mark: Mark
}

/** One of two counts of a case, beside the one that is reported. */
export interface SourceCount {
  from: 'images' | 'microscope'
  counted: number
  notCounted: number
  rows: ({ type: CellType } & TypeShare)[]
}

export interface Report extends Omit<ReportInput, 'counts' | 'draft' | 'sources' | 'names'> {
  notice: string
  /** Completed years, months and days at the day the specimen was received; null without a date of birth. */
  age: { years: number; months: number; days: number } | null
  counted: number
  notCounted: number
  rows: ReportRow[]
  /** Where the case was counted twice: both counts, under the same rule. */
  sources: SourceCount[]
  /** Kinds of cells that were named and are in no denominator, and tags, with the cells that bear each. */
  otherCells: NameCount[]
  /** Of `notCounted` those that bear none of these names. */
  unnamed: number
  tags: NameCount[]
  /** `percent` is null of a lineage that the rule leaves out, and while nothing is counted. */
  lineages: { lineage: Lineage; count: number; percent: number | null }[]
  /** Under the case's own rule. */
  ratio: ReportRatio
  /** 粒红比: granulocytic over erythroid; with blasts where the case's own rule counts them. */
  granulocyteToErythroid: ReportRatio
  findings: ReportDraft
  megakaryocytes: { reference: string; mark: Mark }
}

/** Everything that a report says, computed. Errors: COUNT_NOT_VALID. */
export function reportOf({ counts, draft, sources, names, ...input }: ReportInput): Report {
  const { rule, reference, marksFrom = 0 } = input
  const { counted, notCounted, byType } = differential(counts, rule)
  const otherCells = usedNames(names.list, 'not_counted', names.cells)
  const rows = rule.denominator.map((type): ReportRow => {
    const share = byType[type]!
    return {
      type,
      lineage: CELL_CLASS_INFO[type].lineage,
      ...share,
      ...against(rule, reference, type, { value: share.percent, ...share }, counted, marksFrom),
      finer: namesOfType(names.list, names.cells, type, { count: share.count, counted }),
    }
  })
  return {
    notice: INTENDED_USE,
    ...input,
    age: input.patient.birthDate ? ageAt(input.patient.birthDate, input.case.receivedOn) : null,
    counted,
    notCounted,
    rows,
    sources: sources && countedTwice(sources) ? sourceCounts(sources, rule) : [],
    otherCells,
    unnamed: otherCells.reduce((left, { count }) => left - count, notCounted),
    tags: usedNames(names.list, 'tag', names.cells),
    lineages: (Object.keys(LINEAGES) as Lineage[]).map((lineage) => {
      const own = rows.filter((row) => row.lineage === lineage)
      const count = own.reduce((sum, row) => sum + row.count, 0)
      const none = counted === 0 || own.length === 0
      return { lineage, count, percent: none ? null : (100 * count) / counted }
    }),
    ratio: ratio(counts, rule.meRule, reference, counted, marksFrom),
    granulocyteToErythroid: ratio(
      counts,
      meRule(rule.meRule.numerator.includes('blast') ? 'ge_with_blasts' : 'ge'),
      reference,
      counted,
      marksFrom,
    ),
    findings: draft,
    megakaryocytes: {
      reference: reference.ranges.megakaryocytes?.text ?? '',
      mark: againstReference(reference, 'megakaryocytes', draft.megakaryocytes.count),
    },
  }
}

/** Ranges are of all nucleated cells: a rule that counts only some of the types is not laid against them. */
function against(
  rule: CountingRule,
  table: ReferenceTable,
  measure: Measure,
  estimate: Estimate,
  counted: number,
  marksFrom: number,
): { reference: string; mark: Mark } {
  if (!countsEveryType(rule)) return { reference: '', mark: 'unknown' }
  return {
    reference: table.ranges[measure]?.text ?? '',
    mark: markOf(table, measure, estimate, counted, marksFrom),
  }
}

function sourceCounts(sources: CountSources, rule: CountingRule): SourceCount[] {
  return (['images', 'microscope'] as const).map((from) => {
    const { counted, notCounted, byType } = differential(sources[from], rule)
    return { from, counted, notCounted, rows: rule.denominator.map((type) => ({ type, ...byType[type]! })) }
  })
}

function ratio(
  counts: Counts,
  rule: MeRule,
  table: ReferenceTable,
  counted: number,
  marksFrom: number,
): ReportRatio {
  const found = meRatio(counts, rule)
  const estimate = ratioEstimate(found)
  return {
    ...found,
    low: estimate.low,
    high: estimate.high,
    name: rule.name,
    reference: table.ranges.me_ratio?.text ?? '',
    mark: markOf(table, 'me_ratio', estimate, counted, marksFrom),
  }
}

/** Completed years, months and days between two days; null when the second lies before the first. */
export function ageAt(birthDate: string, day: string): Report['age'] {
  const [by, bm, bd] = birthDate.split('-').map(Number) as [number, number, number]
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  let months = (y - by) * 12 + m - bm
  let days = d - bd
  if (days < 0) {
    months -= 1
    // Days of the month before `day`'s.
    days += new Date(Date.UTC(y, m - 1, 0)).getUTCDate()
  }
  if (months < 0) return null
  return { years: Math.floor(months / 12), months: months % 12, days: Math.max(days, 0) }
}
