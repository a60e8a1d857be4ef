import { computed, onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue'
import { EMPTY_DRAFT, type ReportDraft } from '../../cytology/index.ts'
import { api } from '../api/client.ts'
import type { VersionedDraft } from '../api/types.ts'
import { useDocument } from '../saving/use-document.ts'

/** ms without an edit after which the draft is saved. */
const SETTLED = 700

export type DraftStore = ReturnType<typeof openDraft>

/** Alike whatever the order in which their parts are named. */
const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [mine, theirs] = [a, b] as Record<string, unknown>[]
  const keys = Object.keys(mine!)
  return (
    keys.length === Object.keys(theirs!).length &&
    keys.every((key) => key in theirs! && same(mine![key], theirs![key]))
  )
}
const copyOf = (draft: ReportDraft): ReportDraft => JSON.parse(JSON.stringify(draft))
const documentOf = ({ draft, version }: VersionedDraft) => ({ value: { ...EMPTY_DRAFT, ...draft }, version })

/** The draft of a case's report: edit `draft` in place, it is saved once the edits settle. */
export function openDraft(caseId: string) {
  const own = { params: { path: { id: caseId } } }
  const { saver, value, version, conflict, saved, failure } = useDocument<ReportDraft>('draft', {
    empty: EMPTY_DRAFT,
    same,
    read: async () => documentOf(await api.get('/api/cases/{id}/report-draft', own)),
    write: ({ value: draft, version: seen }) =>
      api.put('/api/cases/{id}/report-draft', { ...own, body: { draft, version: seen } }),
    theirs: (details) => documentOf(details as VersionedDraft),
  })
  const draft = reactive(copyOf(EMPTY_DRAFT))
  const loaded = ref(false)
  const state = computed(() => {
    if (conflict.value) return 'conflict'
    if (failure.value) return 'failed'
    return saved.value ? 'saved' : 'unsaved'
  })
  /** As it was last handed over, either way. */
  let handed = value.value
  watch(
    value,
    (now) => {
      if (now === handed) return
      handed = now
      Object.assign(draft, copyOf(now))
    },
    { flush: 'sync' },
  )
  watch(draft, () => {
    if (!loaded.value || same(draft, handed)) return
    handed = copyOf(draft)
    saver.set(handed, SETTLED)
  })
  async function load() {
    await saver.load()
    loaded.value = true
  }
  /** Ends a conflict: with what is there now, or with mine on top of it. */
  function settle(mine: boolean) {
    if (conflict.value) saver.settle(mine ? copyOf(draft) : conflict.value.theirs)
  }
  const warn = (event: BeforeUnloadEvent) => state.value !== 'saved' && event.preventDefault()
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
  return {
    draft,
    version,
    state,
    failure,
    loaded,
    conflict: computed(() => conflict.value !== null),
    load,
    /** What another window wrote, where nothing of one's own waits. */
    refresh: () => saver.refresh(),
    /** Saves what is not saved yet. */
    flush: () => saver.flush(),
    settle,
  }
}
