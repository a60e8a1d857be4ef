import type { CaseEvent } from '../api/types.ts'
import type { CaseLoading } from './case-loading.ts'
import type { CaseState } from './case-state.ts'
import { listen } from './live-updates.ts'

/** ms: events come in bursts; one reading answers them all. */
const BURST = 250

/** Reads anew what others change in a case, until the function that it gives is called. */
export function followCase(caseId: string, { others }: CaseState, loading: CaseLoading): () => void {
  const due = new Map<() => Promise<void>, ReturnType<typeof setTimeout>>()
  function soon(...readings: (() => Promise<void>)[]) {
    for (const reading of readings) {
      if (due.has(reading)) continue
      const start = () => {
        due.delete(reading)
        // What could not be read now is read with the next event, or when the line is back.
        reading().catch(() => undefined)
      }
      due.set(reading, setTimeout(start, BURST))
    }
  }
  function heard(event: CaseEvent) {
    const { kind } = event
    if (event.kind === 'present') others.value = event.people
    if (kind === 'case') soon(loading.reloadAbout)
    if (kind === 'cells') soon(loading.reloadCells)
    if (kind === 'comments') soon(loading.reloadComments)
    if (kind === 'fields') soon(loading.reloadFields, loading.reloadAllCells)
    if (kind === 'analysis') soon(loading.reloadAnalyses, loading.reloadAbout)
  }
  const stop = listen(
    caseId,
    heard,
    () => soon(loading.reload),
    () => {
      others.value = []
    },
  )
  return () => {
    stop()
    for (const timer of due.values()) clearTimeout(timer)
  }
}
