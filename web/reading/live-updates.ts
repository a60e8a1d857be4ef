import type { CaseEvent } from '../api/types.ts'

/**
 * Hears what others do to a case. `missed` is called whenever the line is back, for what happened meanwhile was not heard.
 * Returns the function that ends it.
 */
export function listen(caseId: string, heard: (event: CaseEvent) => void, missed: () => void): () => void {
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
      // A browser gives up for good after an answer that is no stream, such as one that asks to sign in.
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = setTimeout(open, 5_000)
    }
  }
  open()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}
