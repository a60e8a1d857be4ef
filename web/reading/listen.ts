/** How often, at most, a burst of events makes the page ask. */
const GATHER = 150

/** Hear what happens to a case, several events gathered into one call; the function that is returned ends it. */
export function listen(caseId: string, hear: (kinds: ReadonlySet<string>) => Promise<void>): () => void {
  const source = new EventSource(`/api/cases/${caseId}/events`)
  const heard = new Set<string>()
  let due: ReturnType<typeof setTimeout> | undefined
  let opened = false
  const note = (kind: string) => {
    heard.add(kind)
    due ??= setTimeout(() => {
      const kinds = new Set(heard)
      heard.clear()
      due = undefined
      void hear(kinds)
    }, GATHER)
  }
  source.onmessage = ({ data }) => note(JSON.parse(data).kind)
  // What was said while the line was down is not said again.
  source.onopen = () => {
    if (opened) note('reconnected')
    opened = true
  }
  return () => {
    clearTimeout(due)
    source.close()
  }
}
