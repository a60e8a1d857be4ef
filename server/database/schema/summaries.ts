/** What statistics read instead of cells. */
import type { CellClass } from '../../../cytology/index.ts'
import type { CaseStatus } from './cases.ts'
import type { Flag, Id, Time } from './columns.ts'

/** What the analysis page asks of a case, counted from its cells and kept up to date by server/summaries. */
interface CaseSummary {
  case_id: Id
  received_on: string
  status: CaseStatus
  site: string
  reader_id: Id | null
  diagnosis: string
  synthetic: Flag
  /** Name and version of the networks that last found cells of the case; '' where none did. */
  detector: string
  recogniser: string
  /** When it was first signed. */
  signed_at: Time | null
  /** ms from its arrival to signed_at. */
  turnaround: number | null
  /** Cells that are not deleted, and among them: */
  cells: number
  reviewed: number
  /** reviewed, and called something else than the model had; */
  corrected: number
  /** reviewed one by one, and together with others; of the rest of the reviewed it is not known; */
  singly: number
  together: number
  /** corrected, and among those that were reviewed one by one; */
  corrected_singly: number
  doubtful: number
  /** Sums of the 12 types of counted_… and of suggested_…. */
  counted: number
  suggested: number
  summed_at: Time
  /** The 12 counts again, joined by commas: one value is read much faster than twelve. */
  counted_list: string
  suggested_list: string
  /** Which count counted_… are; null in summaries of before a case could have two. */
  counted_from: 'images' | 'microscope' | 'both' | null
}

/**
 * By class: the count that the case reports (the cells as they stand, that at the microscope, or both added); what the model alone found, also
 * what a person removed since; reviewed cells that the person calls as the model did, and of these the ones reviewed singly.
 */
type ByClass<What extends string> = Record<`${What}_${CellClass}`, number>
export type CaseSummaries = CaseSummary &
  ByClass<'counted'> &
  ByClass<'suggested'> &
  ByClass<'confirmed'> &
  ByClass<'singly'>

/** Reviewed cells of a case that the model had called one thing and a person another. */
export interface CaseCorrections {
  id: Id
  case_id: Id
  synthetic: Flag
  received_on: string
  suggested: CellClass
  type: CellClass
  count: number
  /** Of these, reviewed one by one. */
  singly: number
}

/** How many cells of a case that are not deleted bear a finer name or a tag of the site. */
export interface CaseNames {
  id: Id
  case_id: Id
  /** The id of the name. */
  name: string
  count: number
}

/** A case whose summary is older than the case. One row a change, so that changes never wait for each other here. */
export interface SummariesDue {
  id: Id
  case_id: Id
}
