/** What is counted, written and signed, and the words and numbers that the site uses for it. */
import type { ReportPart } from '../../../cytology/index.ts'
import type { Flag, Id, Json, Time } from './columns.ts'

export interface Signatures {
  id: Id
  case_id: Id
  /** 1, 2, 3 … within the case: their order, whatever the clock said. */
  number: number
  kind: 'signature' | 'addendum'
  user_id: Id
  at: Time
  text: string
  /** The frozen case: cells, differential, models. */
  snapshot: Json
  sha256: string
}

export interface ManualCounts {
  case_id: Id
  /** {type: count} */
  counts: Json
  version: number
  updated_by: Id
  updated_at: Time
}

export interface ReportDrafts {
  case_id: Id
  /** A ReportDraft of cytology/. */
  content: Json
  version: number
  updated_by: Id
  updated_at: Time
}

/** Append-only but for `active` and `confirmed_…`: a row is one version of one table of reference ranges. */
export interface ReferenceTables {
  id: Id
  /** The same for all versions of a table. */
  table_id: string
  version: number
  name: string
  source: string
  note: string
  /** {measure: {text, low?, high?, below?}} */
  ranges: Json
  built_in: Flag
  /** The one that the site uses; at most one row. */
  active: Flag
  created_by: Id | null
  created_at: Time
  /** Who confirmed, and when, that these ranges hold for this laboratory; null while nobody has. */
  confirmed_by: Id | null
  confirmed_at: Time | null
}

/** Append-only but for `active` and `is_default`: a row is one version of one counting rule with its M:E ratio. */
export interface CountingRules {
  id: Id
  /** The same for all versions of a rule; a word for one that comes with the program. */
  rule_id: string
  version: number
  name: string
  description: string
  source: string
  note: string
  /** [type]: the cells that are the 100 %. */
  denominator: Json
  /** One of ME_RULES in cytology/ where the ratio is that one. */
  me_id: string
  me_name: string
  me_description: string
  me_source: string
  me_note: string
  /** [type] */
  me_numerator: Json
  /** [type] */
  me_denominator: Json
  built_in: Flag
  /** A case may be given this version; at most one row a rule, none where it was withdrawn. */
  active: Flag
  /** New cases get it; one row of all. */
  is_default: Flag
  created_by: Id | null
  created_at: Time
}

export interface Phrases {
  id: Id
  part: ReportPart
  title_zh: string
  title_en: string
  text_zh: string
  text_en: string
  active: Flag
  version: number
  updated_by: Id | null
  updated_at: Time
}
