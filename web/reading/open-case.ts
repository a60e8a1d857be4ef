import { api } from '../api/client.ts'
import { type CaseChanges, caseChanges } from './case-changes.ts'
import { followCase } from './case-events.ts'
import { type CaseLoading, caseLoading } from './case-loading.ts'
import { type CaseSaving, caseSaving } from './case-saving.ts'
import { caseSelection } from './case-selection.ts'
import { caseState } from './case-state.ts'

/** A case that is open: its data, and the only way to change its cells. */
export type CaseStore = ReturnType<typeof openCase>

/** Opens a case: load() reads it, close() ends it. */
export function openCase(caseId: string, userId: string, mayReview: () => boolean) {
  const state = caseState(userId, mayReview)
  const selection = caseSelection(state)
  const saving: CaseSaving = caseSaving(caseId, userId, state, () => {
    changes.forgetSteps()
    return loading.reload()
  })
  const changes: CaseChanges = caseChanges(caseId, userId, state, saving, selection)
  const loading: CaseLoading = caseLoading(caseId, state, saving, selection, changes.forgetSteps)
  const stopFollowing = followCase(caseId, state, loading)
  const { saveState, waiting, conflict, pictureVersion, settle } = saving
  const { load, reloadAbout, reloadFields, reloadAnalyses } = loading
  return {
    caseId,
    ...state,
    ...selection,
    ...{ saveState, waiting, conflict, pictureVersion, settle },
    ...changes,
    /** Says something of some cells. Throws what the server refused. */
    async say(cellIds: string[], text: string) {
      const body = { cellIds, text }
      state.comments.value = await api.post('/api/cases/{id}/comments', {
        params: { path: { id: caseId } },
        body,
      })
    },
    ...{ load, reloadAbout, reloadFields, reloadAnalyses },
    close() {
      stopFollowing()
      saving.close()
    },
  }
}
