/** What was done and read. */
import type { Id, Json, Time } from './columns.ts'

interface AuditEntry {
  id: Id
  at: Time
  user_id: Id | null
  ip: string
  event: string
  /** What the id in the route's address names, or the row that was changed. */
  subject_id: Id | null
  case_id: Id | null
  patient_id: Id | null
  /** HTTP status of the answer. */
  status: number
  /** {before, after}: only what changed; or {query}. */
  detail: Json
}

/** What was done or read, before it has its place in the chain: written with the change itself, chained right after. */
export interface AuditOutbox extends AuditEntry {
  /** In this order it is chained: above all that waited when it was written. Of one case it is the order of its changes. */
  turn: number
}

/** Append-only: triggers refuse to change or remove a row. */
export interface Audit extends AuditEntry {
  /** 1, 2, 3 … without a gap. */
  number: number
  /** `sha256` of the row before; 64 zeros before the first. */
  previous: string
  /** Of the canonical text of all other columns. */
  sha256: string
}

/** Where the audit's chain ends (`head`), up to where it was verified (`verified`) and what was found wrong (`broken`). */
export interface AuditChain {
  name: 'head' | 'verified' | 'broken'
  number: number
  sha256: string
  at: Time
  message: string
}
