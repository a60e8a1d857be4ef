/** What in a report contradicts its own numbers. Each finding is a question to the signer, never a refusal. */
import type { CellType } from './cell-types.ts'
import { type Claim, type ClaimSubject, statementsOf } from './claims.ts'
import { countsEveryType } from './counting-rules.ts'
import { clopperPearson } from './intervals.ts'
import { REPORT_PARTS, type ReportPart } from './marrow-findings.ts'
import type { Estimate } from './out-of-range.ts'
import { type ReferenceRange, rangeText } from './reference-ranges.ts'
import type { Report } from './report.ts'

/** A share is far from its range where its whole interval lies beyond this many times a limit. */
const FAR = 3
/** Cells from which on a share is called far from usual, and two counts of one case are laid beside each other. */
const ENOUGH = 50

export const IMPLAUSIBLE = ['PHRASE_CONTRADICTS', 'SHARE_FAR', 'COUNTS_DISAGREE'] as const

export interface Implausible {
  code: (typeof IMPLAUSIBLE)[number]
  /** Tells two findings of one code apart; the same for the same case and words. */
  key: string
  /** Of a phrase: where it stands, what it says of what, and in which words. */
  part: ReportPart | null
  subject: ClaimSubject | null
  claim: Claim | null
  words: string
  /** The types that are concerned. */
  types: CellType[]
  /** What was counted, with its 95 % interval, and what is usual: in percent, or as a ratio. */
  value: number | null
  low: number | null
  high: number | null
  reference: string
}

/** Contradicting phrases in the order of the parts, then types far from usual, then two counts that differ. */
export function implausible(report: Report): Implausible[] {
  if (report.counted === 0) return []
  return [...phrases(report), ...farShares(report), ...disagreeing(report)]
}

interface Measured extends Estimate {
  count: number
  limits: Omit<ReferenceRange, 'text'>
  types: CellType[]
}

function phrases(report: Report): Implausible[] {
  const found = new Map<string, Implausible>()
  for (const part of Object.keys(REPORT_PARTS) as ReportPart[]) {
    const text = report.findings.texts[part]
    for (const { subject, claim, words } of [text?.zh ?? '', text?.en ?? ''].flatMap((one) =>
      statementsOf(part, one),
    )) {
      const key = `PHRASE_CONTRADICTS:${part}:${subject}:${claim}`
      if (found.has(key)) continue
      const measured = measure(report, subject)
      if (!measured || !contradicts(claim, measured)) continue
      const { value, low, high, limits, types } = measured
      const numbers = { types, value, low, high, reference: rangeText(limits) }
      found.set(key, { code: 'PHRASE_CONTRADICTS', key, part, subject, claim, words, ...numbers })
    }
  }
  return [...found.values()]
}

/** Whether the numbers leave no room for what is claimed: the whole interval lies where the claim says it does not. */
function contradicts(claim: Claim, { value, low, high, count, limits }: Measured): boolean {
  if (value === null || low === null) return false
  const top = high ?? Number.POSITIVE_INFINITY
  const isAbove = (at: number) =>
    (limits.high !== undefined && at > limits.high) || (limits.below !== undefined && at >= limits.below)
  const isBelow = (at: number) => limits.low !== undefined && at < limits.low
  const hasUpper = limits.high !== undefined || limits.below !== undefined
  switch (claim) {
    case 'increased':
      return hasUpper && !isAbove(top)
    case 'decreased':
      return limits.low !== undefined && !isBelow(low)
    case 'not_increased':
      return isAbove(low)
    case 'not_decreased':
      return isBelow(top)
    case 'normal':
      return isAbove(low) || isBelow(top)
    case 'absent':
      return count > 0
    case 'inverted':
      return low > 1
  }
}

/** What a subject comes to in this report; undefined where nothing is known to compare it with. */
function measure(report: Report, subject: ClaimSubject): Measured | undefined {
  if (subject === 'me_ratio' || subject === 'ge_ratio') {
    const ratio = subject === 'me_ratio' ? report.ratio : report.granulocyteToErythroid
    return { ...ratio, count: ratio.numerator, limits: report.reference.ranges.me_ratio ?? {}, types: [] }
  }
  if (subject === 'megakaryocytic') {
    const { count } = report.findings.megakaryocytes
    if (count === null) return undefined
    const limits = report.reference.ranges.megakaryocytes ?? {}
    return { count, value: count, low: count, high: count, limits, types: [] }
  }
  if (subject === 'marrow') return marrow(report)
  const rows = report.rows.filter(({ type, lineage }) => type === subject || lineage === subject)
  if (rows.length === 0) return undefined
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  const interval = clopperPearson(count, report.counted)!
  const types = rows.map(({ type }) => type)
  return {
    ...{ count, types, value: (100 * count) / report.counted },
    ...{ low: 100 * interval.low, high: 100 * interval.high },
    limits: countsEveryType(report.rule) ? sumOfRanges(report, types) : {},
  }
}

/** A marrow is called normal against the type that is farthest from usual. */
function marrow(report: Report): Measured | undefined {
  const row = report.rows.find((one) => isFar(report, one.type, { ...one, value: one.percent }))
  if (!row) return undefined
  const { count, percent: value, low, high, type } = row
  return { count, value, low, high, limits: report.reference.ranges[type]!, types: [type] }
}

/** Limits of several types together; a limit that one of them lacks has no sum. */
function sumOfRanges(report: Report, types: readonly CellType[]): Omit<ReferenceRange, 'text'> {
  const ranges = types.map((type) => report.reference.ranges[type])
  const only = ranges.length === 1 ? ranges[0] : undefined
  if (only) return only
  const sum = (ends: readonly (number | undefined)[]) =>
    ends.every((end) => end !== undefined) ? ends.reduce((all, end) => all + end, 0) : undefined
  const low = sum(ranges.map((range) => range?.low))
  const high = sum(ranges.map((range) => range?.high ?? range?.below))
  return { ...(low !== undefined && { low }), ...(high !== undefined && { high }) }
}

function isFar(report: Report, type: CellType, { low, high }: Estimate): boolean {
  const range = countsEveryType(report.rule) ? report.reference.ranges[type] : undefined
  if (!range || low === null || high === null || report.counted < ENOUGH) return false
  const upper = range.high ?? range.below
  return (upper !== undefined && low > FAR * upper) || (range.low !== undefined && high < range.low / FAR)
}

const farShares = (report: Report): Implausible[] =>
  report.rows
    .filter((row) => isFar(report, row.type, { ...row, value: row.percent }))
    .map(({ type, percent: value, low, high, reference }) => ({
      ...nothingSaid('SHARE_FAR', `SHARE_FAR:${type}`, [type]),
      ...{ value, low, high, reference },
    }))

/** Types whose two intervals have no value in common. */
function disagreeing({ sources }: Report): Implausible[] {
  const [images, microscope] = sources
  if (!images || !microscope || Math.min(images.counted, microscope.counted) < ENOUGH) return []
  const types = images.rows
    .filter(({ low, high }, i) => {
      const other = microscope.rows[i]!
      return low! > other.high! || high! < other.low!
    })
    .map(({ type }) => type)
  return types.length > 0 ? [nothingSaid('COUNTS_DISAGREE', `COUNTS_DISAGREE:${types.join()}`, types)] : []
}

const nothingSaid = (code: Implausible['code'], key: string, types: CellType[]): Implausible => ({
  ...{ code, key, part: null, subject: null, claim: null, words: '', types },
  ...{ value: null, low: null, high: null, reference: '' },
})
