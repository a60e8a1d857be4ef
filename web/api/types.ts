/** The API's forms under their own names. */
import type { paths } from './schema.d.ts'

/** What a route answers; null where it has nothing to say. */
export type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer A } } }
}
  ? A
  : null
/** What a route takes after `?`. */
export type Query<P extends keyof paths, M extends keyof paths[P] = 'get'> = paths[P][M] extends {
  parameters: { query?: infer Q }
}
  ? NonNullable<Q>
  : never
/** What a route takes as its body. */
export type Body<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  requestBody?: { content: { 'application/json': infer B } }
}
  ? B
  : never

export type SiteState = Answer<'/api/state', 'get'>
export type Me = Answer<'/api/me', 'get'>
export type User = Answer<'/api/users', 'get'>[number]
export type OpenLink = Answer<'/api/links', 'get'>[number]
export type SiteSettings = Answer<'/api/settings', 'get'>
type CaseList = Answer<'/api/cases', 'get'>
export type CaseSummary = CaseList['items'][number]
export type Case = Answer<'/api/cases/{id}', 'get'>
export type CaseEvent =
  paths['/api/cases/{id}/events']['get']['responses'][200]['content']['text/event-stream']
export type Present = Extract<CaseEvent, { kind: 'present' }>['people'][number]
export type Reader = Answer<'/api/readers', 'get'>[number]
export type Slide = Answer<'/api/cases/{id}/slides', 'get'>[number]
export type ScaleProfile = Answer<'/api/scale-profiles', 'get'>[number]
export type Field = Answer<'/api/cases/{id}/fields', 'get'>[number]
export type Fault = Answer<'/api/cases/{id}/faults', 'get'>[number]
export type Analysis = Answer<'/api/cases/{id}/analyses', 'get'>[number]
export type Cell = Answer<'/api/cases/{id}/cells', 'get'>['cells'][number]
export type Comment = Answer<'/api/cases/{id}/comments', 'get'>[number]
export type CellNamesVersion = Answer<'/api/cell-names/versions', 'get'>[number]
export type Reference = Answer<'/api/references', 'get'>[number]
export type NearReferences = Answer<'/api/cells/{id}/references', 'get'>
export type NearReference = NearReferences['references'][number]
export type Neighbours = NonNullable<NearReferences['known']>
export type Checks = Answer<'/api/cases/{id}/checks', 'get'>
export type Signature = Answer<'/api/cases/{id}/signatures', 'get'>[number]
export type ChangeLog = Answer<'/api/cases/{id}/changes', 'get'>
export type Reading = Answer<'/api/cases/{id}/second-readings', 'get'>[number]
export type InboxItem = Answer<'/api/inbox', 'get'>['items'][number]
export type ReadingCells = Answer<'/api/second-readings/{id}/cells', 'get'>
export type ManualCount = Answer<'/api/cases/{id}/manual-count', 'get'>
type AuditPage = Answer<'/api/audit', 'get'>
export type AuditRow = AuditPage['items'][number]
export type SiteHealth = Answer<'/api/administration/health', 'get'>
export type HealthPart = SiteHealth['parts'][number]
export type QueueJob = Answer<'/api/jobs', 'get'>[number]
export type VersionedDraft = Answer<'/api/cases/{id}/report-draft', 'get'>
export type ReferenceTable = Answer<'/api/reference-tables', 'get'>[number]
export type RuleVersion = Answer<'/api/counting-rules', 'get'>[number]
export type Phrase = Answer<'/api/phrases', 'get'>[number]
type PatientList = Answer<'/api/patients', 'get'>
export type PatientSummary = PatientList['items'][number]
export type PatientRecord = Answer<'/api/patients/{id}', 'patch'>
export type MergePreview = Answer<'/api/patients/{id}/merge', 'get'>
export type MergeRecord = Answer<'/api/patients/{id}/merges', 'get'>[number]
export type FollowUp = Answer<'/api/patients/{id}/follow-up', 'get'>
export type ImportAnswer = Answer<'/api/patients/import', 'post'>
export type ImportFault = ImportAnswer['faults'][number]
export type Overview = Answer<'/api/statistics/overview', 'get'>
export type Distributions = Answer<'/api/statistics/types', 'get'>
export type Corrections = Answer<'/api/statistics/corrections', 'get'>
export type Drift = Answer<'/api/statistics/drift', 'get'>
export type Differences = Answer<'/api/statistics/differences', 'get'>
export type ReaderAgreement = Answer<'/api/statistics/readers', 'get'>
export type ResearchExport = Answer<'/api/research-exports', 'get'>[number]
export type ErasurePreview = Answer<'/api/patients/{id}/erasure', 'get'>
export type Retention = Answer<'/api/retention', 'get'>
export type RetentionDue = Answer<'/api/retention/due', 'get'>
