import { api } from '../api/client.ts'
import type { CaseEvent } from '../api/types.ts'

/** ms between two signs that the page is still there. */
const SIGN = 15_000

/**
 * Hears what others do to a case. `missed` is called whenever the line is back, for what happened meanwhile was not heard.
 * `deaf`: the line broke, and what was heard of others no longer holds. Returns the function that ends it.
 */
export function listen(
  caseId: string,
  heard: (event: CaseEvent) => void,
  missed: () => void,
  deaf: () => void,
): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let opened = false
  const open = () => {
    source = new EventSource(`/api/cases/${caseId}/events`)
    source.onmessage = ({ data }) => heard(JSON.parse(data))
    source.onopen = () => {
      if (opened) missed()
      opened = true
    }
    source.onerror = () => {
      deaf()
      // A browser gives up for good after an answer that is no stream, such as one that asks to sign in.
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = setTimeout(open, 5_000)
    }
  }
  open()
  // A line may break without an end; who says nothing is taken for gone.
  const sign = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN) return
    api.post('/api/cases/{id}/presence', { params: { path: { id: caseId } } }).catch(() => undefined)
  }, SIGN)
  return () => {
    clearInterval(sign)
    clearTimeout(retry)
    source?.close()
  }
}
