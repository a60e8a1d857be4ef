import type { CellType } from './cell-types.ts'

/** What a range can be given for: the percentage of a type, the M:E ratio, megakaryocytes on 1.5 × 3 cm of a smear. */
export type Measure = CellType | 'me_ratio' | 'megakaryocytes'

/** Limits in % (of all nucleated cells), as a ratio or a number; `text` is what a report prints. */
export interface ReferenceRange {
  readonly text: string
  readonly low?: number
  /** The largest value that is still within. */
  readonly high?: number
  /** The smallest value that is no longer within: for a source that says '< 5'. */
  readonly below?: number
}

/** One source's ranges. Plain data: a site may bring its own. */
export interface ReferenceTable {
  readonly id: string
  /** Grows with every change, so that a stored report can say which it used. */
  readonly version: number
  readonly name: string
  readonly source: string
  readonly note: string
  /** Somebody confirmed that the ranges hold for this laboratory; undefined in reports signed before that was asked. */
  readonly confirmed?: boolean
  readonly ranges: Readonly<Partial<Record<Measure, ReferenceRange>>>
}

const between = (low: number, high: number): ReferenceRange => ({ text: `${low}–${high}`, low, high })
const lessThan = (below: number): ReferenceRange => ({ text: `< ${below}`, below })

const SITE_FIRST =
  'Not confirmed against the original, and ranges differ between laboratories: check them, or put your own in their place.'

export const REFERENCE_TABLES: readonly ReferenceTable[] = [
  {
    id: 'adult_iowa',
    version: 1,
    name: 'Adult, Iowa',
    source: 'University of Iowa, adult bone marrow differential',
    note: SITE_FIRST,
    ranges: {
      blast: between(0, 2),
      promyelocyte: between(2, 6),
      myelocyte: between(3, 7),
      metamyelocyte: between(5, 9),
      band_neutrophil: between(10, 16),
      segmented_neutrophil: between(18, 28),
      eosinophil: between(1, 5),
      basophil: between(0, 1),
      monocyte: between(1, 5),
      lymphocyte: between(9, 19),
      plasma_cell: between(0, 1),
      erythroblast: between(18, 32),
      me_ratio: between(2, 4),
    },
  },
  {
    id: 'adult_chinese_teaching',
    version: 2,
    name: 'Adult, Chinese teaching',
    source: 'Chinese laboratory teaching, as in 血细胞发生与调控学概论 (人民卫生出版社 2008) 45-46',
    note: `Bands are expected to outnumber segmented neutrophils. ${SITE_FIRST}`,
    ranges: {
      blast: lessThan(2),
      promyelocyte: lessThan(5),
      myelocyte: lessThan(15),
      metamyelocyte: lessThan(15),
      eosinophil: lessThan(5),
      basophil: lessThan(1),
      monocyte: lessThan(4),
      lymphocyte: { text: 'about 20' },
      plasma_cell: lessThan(2),
      erythroblast: { text: 'about 20' },
      me_ratio: between(2, 4),
      megakaryocytes: between(7, 35),
    },
  },
]

/** Limits as a report prints them; empty where there are none. */
export function rangeText({ low, high, below }: Omit<ReferenceRange, 'text'>): string {
  if (low !== undefined && high !== undefined) return `${low}–${high}`
  if (low !== undefined && below !== undefined) return `≥ ${low}, < ${below}`
  if (low !== undefined) return `≥ ${low}`
  if (high !== undefined) return `≤ ${high}`
  return below === undefined ? '' : `< ${below}`
}

/**
 * Where a value lies against a table: in % of all nucleated cells for a type, as a ratio for `me_ratio`,
 * a number for `megakaryocytes`. 'unknown' where the table gives no limits or there is no value.
 */
export function againstReference(
  table: ReferenceTable,
  measure: Measure,
  value: number | null,
): 'below' | 'within' | 'above' | 'unknown' {
  const { low, high, below } = table.ranges[measure] ?? {}
  if (value === null || (low ?? high ?? below) === undefined) return 'unknown'
  if (low !== undefined && value < low) return 'below'
  if ((high !== undefined && value > high) || (below !== undefined && value >= below)) return 'above'
  return 'within'
}
