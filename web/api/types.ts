/** The API's forms under their own names. */
import type { paths } from './schema.d.ts'

type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer A } } }
}
  ? A
  : never

export type SiteState = Answer<'/api/state', 'get'>
export type Me = Answer<'/api/me', 'get'>
export type SessionInfo = Answer<'/api/me/sessions', 'get'>[number]
export type User = Answer<'/api/users', 'get'>[number]
export type Invitation = Answer<'/api/invitations', 'get'>[number]
export type Link = Answer<'/api/invitations', 'post'>
export type SiteSettings = Answer<'/api/settings', 'get'>
export type CaseList = Answer<'/api/cases', 'get'>
export type CaseSummary = CaseList['items'][number]
export type Case = Answer<'/api/cases/{id}', 'get'>
export type Field = Answer<'/api/cases/{id}/fields', 'get'>[number]
export type Fault = Answer<'/api/cases/{id}/faults', 'get'>[number]
export type Analysis = Answer<'/api/cases/{id}/analyses', 'get'>[number]
export type Cell = Answer<'/api/cases/{id}/cells', 'get'>['cells'][number]
export type Checks = Answer<'/api/cases/{id}/checks', 'get'>
export type Signature = Answer<'/api/cases/{id}/signatures', 'get'>[number]
export type ChangeLog = Answer<'/api/cases/{id}/changes', 'get'>
export type ManualCount = Answer<'/api/cases/{id}/manual-count', 'get'>
export type Reader = Answer<'/api/readers', 'get'>[number]
export type NumberAnswer = Answer<'/api/by-number', 'get'>
export type PatientList = Answer<'/api/patients', 'get'>
export type PatientSummary = PatientList['items'][number]
export type PatientPage = Answer<'/api/patients/{id}', 'get'>
export type PatientRecord = Answer<'/api/patients/{id}', 'patch'>
export type PatientHistory = Answer<'/api/patients/{id}/history', 'get'>
export type MergePreview = Answer<'/api/patients/{id}/merge', 'get'>
export type MergeRecord = Answer<'/api/patients/{id}/merges', 'get'>[number]
export type FollowUp = Answer<'/api/patients/{id}/follow-up', 'get'>
export type ImportAnswer = Answer<'/api/patients/import', 'post'>
export type ImportFault = ImportAnswer['faults'][number]
