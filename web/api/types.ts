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
export type Reader = Answer<'/api/readers', 'get'>[number]
export type Reading = Answer<'/api/cases/{id}/second-readings', 'get'>[number]
export type ReadingCells = Answer<'/api/second-readings/{id}/cells', 'get'>
export type ManualCount = Answer<'/api/cases/{id}/manual-count', 'get'>
export type Overview = Answer<'/api/statistics/overview', 'get'>
export type Distributions = Answer<'/api/statistics/types', 'get'>
export type Corrections = Answer<'/api/statistics/corrections', 'get'>
export type Drift = Answer<'/api/statistics/drift', 'get'>
export type Differences = Answer<'/api/statistics/differences', 'get'>
export type ReaderAgreement = Answer<'/api/statistics/readers', 'get'>
export type StatisticsChoices = Answer<'/api/statistics/choices', 'get'>
export type ResearchExport = Answer<'/api/research-exports', 'get'>[number]
