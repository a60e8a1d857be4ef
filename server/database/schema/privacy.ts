/** What was erased or removed, and what is still to go. */
import type { Id, Time } from './columns.ts'

/** What is left of a patient whose data were erased; the audit's ids lead here. */
export interface ErasedPatients {
  id: Id
  erased_at: Time
  /** Null: the rule of retention. */
  erased_by: Id | null
  reason: string
}

/** Files that must go, written by the transaction after which nothing names them any more; a row goes after its files. */
export interface FilesToRemove {
  id: Id
  /** By what `name` is: a key of the storage, a field whose smaller copies go, a case whose unfinished uploads go; '' of SQLite's journal. */
  kind: 'stored' | 'renditions' | 'uploads' | 'journal'
  name: string
  at: Time
}

/** One night's work of the rules of retention. */
export interface RetentionRuns {
  id: Id
  /** `asking`: it would take more than a small share, or the clock is in doubt; nothing was done until a person says so. */
  status: 'running' | 'done' | 'failed' | 'asking'
  /** The rules as they were then; null: keep for ever. */
  images_years: number | null
  patients_years: number | null
  /** Cases whose images were removed. */
  cases: number
  /** Patients who were erased. */
  patients: number
  error: string | null
  /** What it would take, where it asks. */
  due_cases: number | null
  due_patients: number | null
  started_at: Time
  finished_at: Time | null
}
