/**
 * The tables as Kysely sees them. Ids are UUIDv7 made by the application, times are ms since 1970 (UTC), JSON is text,
 * flags are 0 or 1: the same on SQLite and on MySQL.
 */

import type { Generated } from 'kysely'
import type { CellClass, ReportPart } from '../../cytology/index.ts'
import type { Role } from '../accounts/permissions.ts'

type Id = string
type Time = number
type Json = string
type Flag = 0 | 1

export interface Users {
  id: Id
  email: string
  name: string
  password_hash: string
  role: Role
  locale: 'en' | 'zh'
  disabled: Flag
  version: number
  created_at: Time
  /** {type: key} where the person chose other keys than the usual; null otherwise. */
  type_keys: Json | null
}

export interface Sessions {
  id: Id
  token_hash: string
  user_id: Id
  ip: string
  user_agent: string
  created_at: Time
  last_seen_at: Time
  expires_at: Time
}

/** A link that works once: to set the first administrator up, to join, to choose a new password. */
export interface Tokens {
  id: Id
  kind: 'setup' | 'invitation' | 'reset'
  token_hash: string
  user_id: Id | null
  email: string | null
  role: Role | null
  created_by: Id | null
  created_at: Time
  expires_at: Time
  used_at: Time | null
}

export interface LoginFailures {
  id: Id
  email: string
  ip: string
  at: Time
}

export interface Settings {
  name: string
  value: Json
  version: number
}

/** What was done or read, before it has its place in the chain: written with the change itself, chained right after. */
export interface AuditOutbox {
  id: Id
  at: Time
  user_id: Id | null
  ip: string
  event: string
  /** What the id in the route's address names, or the row that was changed. */
  subject_id: Id | null
  specimen_id: Id | null
  patient_id: Id | null
  /** HTTP status of the answer. */
  status: number
  /** {before, after}: only what changed; or {query}. */
  detail: Json
}

/** Append-only: triggers refuse to change or remove a row. */
export interface Audit extends AuditOutbox {
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

export interface Patients {
  id: Id
  hospital_number: string
  name: string
  sex: 'female' | 'male' | 'unknown'
  birth_date: string | null
  version: number
  created_at: Time
  /** How the name sounds, joined, and the first letters of its syllables; kept by whoever writes the name. */
  pinyin: Generated<string>
  initials: Generated<string>
  archived: Generated<Flag>
  /** The patient of whom this one turned out to be a duplicate. */
  merged_into: Id | null
}

/** A beginning of one of these finds the patient or, where specimen_id is not empty, the case. */
export interface SearchTerms {
  term: string
  patient_id: Id
  specimen_id: Id | ''
}

/** Who changed a patient's data, from what into what. */
export interface PatientChanges {
  id: Id
  patient_id: Id
  user_id: Id | null
  at: Time
  kind: 'edit' | 'archive' | 'unarchive' | 'merge' | 'unmerge' | 'import'
  /** {field: [before, after]} */
  changes: Json
}

/** A duplicate that was put into another patient, with all that is needed to take it out again. */
export interface PatientMerges {
  id: Id
  kept_id: Id
  merged_id: Id
  user_id: Id
  at: Time
  /** Ids of the specimens that moved. */
  moved: Json
  /** {column: [before, after]} of what the kept patient took over. */
  filled: Json
  undone_by: Id | null
  undone_at: Time | null
}

export const CASE_STATUSES = ['pending', 'analysing', 'in_review', 'signed', 'addended'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** One aspirate; what the screens call a case. */
export interface Specimens {
  id: Id
  patient_id: Id
  marrow_number: string
  site: string
  stain: string
  clinical_note: string
  received_on: string
  status: CaseStatus
  target: number
  counting_rule: string
  /** One of ME_RULES in cytology/, or that of the counting rule. */
  me_rule: string
  reader_id: Id | null
  synthetic: Flag
  version: number
  created_by: Id
  created_at: Time
  updated_at: Time
  /** What the clinic thinks it is. */
  diagnosis: Generated<string>
  /** As its patient's: the worklist is ordered by it. */
  archived: Generated<Flag>
  /** Of counting_rule: the version that the case is counted by, whatever became of the rule since. */
  counting_rule_version: Generated<number>
  /** When the rule of retention removed the photographs of its fields; null while they are there. */
  images_removed_at: Time | null
}

export interface Slides {
  id: Id
  specimen_id: Id
  label: string
  created_at: Time
}

export interface Fields {
  id: Id
  slide_id: Id
  specimen_id: Id
  number: number
  file_name: string
  sha256: string
  bytes: number
  width: number
  height: number
  um_per_pixel: number | null
  scale_source: 'given' | 'metadata' | 'estimated' | null
  warnings: Json
  storage_key: string
  status: 'waiting' | 'analysed' | 'failed'
  error: string | null
  version: number
  created_at: Time
}

/** A file that was refused, and why. */
export interface UploadFaults {
  id: Id
  specimen_id: Id
  file_name: string
  code: string
  message: string
  at: Time
}

export const ANALYSIS_STATUSES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const

export interface Analyses {
  id: Id
  specimen_id: Id
  status: (typeof ANALYSIS_STATUSES)[number]
  total: number
  done: number
  cells: number
  /** {detector: {name, version, sha256}, recogniser: the same} */
  models: Json
  error: string | null
  created_by: Id
  created_at: Time
  started_at: Time | null
  finished_at: Time | null
}

export interface Jobs {
  id: Id
  kind: string
  payload: Json
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  attempts: number
  run_at: Time
  locked_until: Time
  error: string | null
  created_at: Time
}

export interface Cells {
  id: Id
  specimen_id: Id
  field_id: Id
  analysis_id: Id | null
  /** Box in pixels of the original. */
  x: number
  y: number
  width: number
  height: number
  detection: number
  /** As it stands now. */
  type: CellClass
  /** As the model named it. */
  suggested: CellClass
  probability: number
  /** 13 numbers in CELL_CLASSES' order, 0..1. */
  probabilities: Json
  /** [[x, y], ...] in pixels of the original. */
  regions: Json
  touches_edge: Flag
  origin: 'model' | 'person'
  reviewed: Flag
  deleted: Flag
  version: number
  updated_by: Id | null
  updated_at: Time
}

/** Every change to cells, in order; what undo and the correction history read. */
export interface CellChanges {
  id: Id
  specimen_id: Id
  user_id: Id
  at: Time
  /** [{cellId, before: {...}, after: {...}}] */
  changes: Json
}

/** What the recogniser saw in a cell; comparable only with what the same recogniser saw. */
export interface CellEmbeddings {
  cell_id: Id
  specimen_id: Id
  /** SHA-256 of the network's file. */
  recogniser: string
  /** Base64 of signed bytes: the unit vector times 127. */
  embedding: string
}

/** A typical cell of a type, kept to be laid beside others. */
export interface ReferenceCells {
  id: Id
  type: CellClass
  origin: 'drawn' | 'person'
  note: string
  storage_key: string
  recogniser: string
  embedding: string
  created_by: Id | null
  created_at: Time
  /** The case of the cell that it is a copy of, so that it goes when its patient is erased; read for nothing else. */
  specimen_id: Id | null
}

/** A second person's reading of a case, blind to the first one's. */
export interface SecondReadings {
  id: Id
  specimen_id: Id
  reader_id: Id
  status: 'open' | 'finished' | 'withdrawn'
  /** What was measured when it was finished. */
  agreement: Json | null
  created_by: Id
  created_at: Time
  finished_at: Time | null
}

/** What the second reader said of a cell; a cell that is not here is as the model named it. */
export interface SecondReadingCells {
  id: Id
  reading_id: Id
  cell_id: Id
  type: CellClass
  reviewed: Flag
  version: number
  updated_at: Time
}

export interface Signatures {
  id: Id
  specimen_id: Id
  kind: 'signature' | 'addendum'
  user_id: Id
  at: Time
  text: string
  /** The frozen case: cells, differential, models. */
  snapshot: Json
  sha256: string
}

export interface ManualCounts {
  specimen_id: Id
  /** {type: count} */
  counts: Json
  version: number
  updated_by: Id
  updated_at: Time
}

export interface ReportDrafts {
  specimen_id: Id
  /** A ReportDraft of cytology/. */
  content: Json
  version: number
  updated_by: Id
  updated_at: Time
}

/** Append-only but for `active`: a row is one version of one table of reference ranges. */
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

/** What the analysis page asks of a case, counted from its cells and kept up to date by server/summaries. */
export interface CaseSummary {
  specimen_id: Id
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
  doubtful: number
  /** Sums of the 12 types of counted_… and of suggested_…. */
  counted: number
  suggested: number
  summed_at: Time
  /** The 12 counts again, joined by commas: one value is read much faster than twelve. */
  counted_list: string
  suggested_list: string
}
/**
 * By class: cells as they stand, or the count at the microscope where there are none; what the model alone found, also
 * what a person removed since; reviewed cells that the person calls as the model did.
 */
type ByClass<What extends string> = Record<`${What}_${CellClass}`, number>
export type CaseSummaries = CaseSummary & ByClass<'counted'> & ByClass<'suggested'> & ByClass<'confirmed'>

/** Reviewed cells of a case that the model had called one thing and a person another. */
export interface CaseCorrections {
  id: Id
  specimen_id: Id
  synthetic: Flag
  received_on: string
  suggested: CellClass
  type: CellClass
  count: number
}

/** A case whose summary is older than the case. One row a change, so that changes never wait for each other here. */
export interface SummariesDue {
  id: Id
  specimen_id: Id
}

/** A set of cases taken out for research, without anything that tells whose they are. */
export interface ResearchExports {
  id: Id
  created_by: Id
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  filter: Json
  images: Flag
  cases: number
  done: number
  /** Of the finished archive. */
  bytes: number
  storage_key: string
  job_id: Id | null
  error: string | null
  created_at: Time
  finished_at: Time | null
}

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
  /** By what `name` is: a key of the storage, a field whose smaller copies go, a case whose unfinished uploads go. */
  kind: 'stored' | 'renditions' | 'uploads'
  name: string
  at: Time
}

/** One night's work of the rules of retention. */
export interface RetentionRuns {
  id: Id
  status: 'running' | 'done' | 'failed'
  /** The rules as they were then; null: keep for ever. */
  images_years: number | null
  patients_years: number | null
  /** Cases whose images were removed. */
  cases: number
  /** Patients who were erased. */
  patients: number
  error: string | null
  started_at: Time
  finished_at: Time | null
}

export interface Database {
  users: Users
  sessions: Sessions
  tokens: Tokens
  login_failures: LoginFailures
  settings: Settings
  audit: Audit
  audit_outbox: AuditOutbox
  audit_chain: AuditChain
  patients: Patients
  search_terms: SearchTerms
  patient_changes: PatientChanges
  patient_merges: PatientMerges
  specimens: Specimens
  slides: Slides
  fields: Fields
  upload_faults: UploadFaults
  analyses: Analyses
  jobs: Jobs
  cells: Cells
  cell_changes: CellChanges
  cell_embeddings: CellEmbeddings
  reference_cells: ReferenceCells
  second_readings: SecondReadings
  second_reading_cells: SecondReadingCells
  signatures: Signatures
  manual_counts: ManualCounts
  report_drafts: ReportDrafts
  reference_tables: ReferenceTables
  counting_rules: CountingRules
  phrases: Phrases
  case_summaries: CaseSummaries
  case_corrections: CaseCorrections
  summaries_due: SummariesDue
  research_exports: ResearchExports
  erased_patients: ErasedPatients
  files_to_remove: FilesToRemove
  retention_runs: RetentionRuns
}
