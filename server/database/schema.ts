/**
 * The tables as Kysely sees them, by subject. Ids are UUIDv7 made by the application, times are ms since 1970 (UTC), JSON is
 * text, flags are 0 or 1: the same on SQLite and on MySQL.
 */

import type { Audit, AuditChain, AuditOutbox } from './schema/audit.ts'
import type { Analyses, Cases, Fields, ScaleProfiles, Slides, UploadFaults } from './schema/cases.ts'
import type {
  CellChanges,
  CellComments,
  CellEmbeddings,
  CellNameLists,
  Cells,
  ReferenceCells,
  ReferenceSets,
  SecondReadingCells,
  SecondReadings,
} from './schema/cells.ts'
import type { PatientChanges, PatientMerges, Patients, SearchTerms } from './schema/patients.ts'
import type { KnownDevices, LoginFailures, Sessions, Tokens, Users } from './schema/people.ts'
import type { ErasedPatients, FilesToRemove, RetentionRuns } from './schema/privacy.ts'
import type {
  CountingRules,
  ManualCounts,
  Phrases,
  ReferenceTables,
  ReportDrafts,
  Signatures,
} from './schema/reports.ts'
import type { Jobs, ResearchExports, Settings } from './schema/site.ts'
import type { CaseCorrections, CaseNames, CaseSummaries, SummariesDue } from './schema/summaries.ts'

export * from './schema/audit.ts'
export * from './schema/cases.ts'
export * from './schema/cells.ts'
export * from './schema/patients.ts'
export * from './schema/people.ts'
export * from './schema/privacy.ts'
export * from './schema/reports.ts'
export * from './schema/site.ts'
export * from './schema/summaries.ts'

export interface Database {
  users: Users
  sessions: Sessions
  tokens: Tokens
  login_failures: LoginFailures
  known_devices: KnownDevices
  settings: Settings
  audit: Audit
  audit_outbox: AuditOutbox
  audit_chain: AuditChain
  patients: Patients
  search_terms: SearchTerms
  patient_changes: PatientChanges
  patient_merges: PatientMerges
  cases: Cases
  slides: Slides
  fields: Fields
  scale_profiles: ScaleProfiles
  upload_faults: UploadFaults
  analyses: Analyses
  jobs: Jobs
  cells: Cells
  cell_changes: CellChanges
  cell_embeddings: CellEmbeddings
  cell_name_lists: CellNameLists
  cell_comments: CellComments
  reference_cells: ReferenceCells
  reference_sets: ReferenceSets
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
  case_names: CaseNames
  summaries_due: SummariesDue
  research_exports: ResearchExports
  erased_patients: ErasedPatients
  files_to_remove: FilesToRemove
  retention_runs: RetentionRuns
}
