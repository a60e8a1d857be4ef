import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue'
import { EMPTY_DRAFT, type ReportDraft } from '../../cytology/index.ts'
import { ApiError, api } from '../api/client.ts'
import type { VersionedDraft } from '../api/types.ts'

/** ms without an edit after which the draft is saved. */
const SETTLED = 700

export type DraftStore = ReturnType<typeof openDraft>

/** The draft of a case's report: edit `draft` in place, it is saved once the edits settle. */
export function openDraft(caseId: string) {
  const draft = reactive(structuredClone(EMPTY_DRAFT))
  const version = ref(0)
  const state = ref<'saved' | 'unsaved' | 'conflict' | 'failed'>('saved')
  const failure = ref('')
  const theirs = shallowRef<VersionedDraft | null>(null)
  const loaded = ref(false)
  const own = { params: { path: { id: caseId } } }
  let kept = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()

  function take(answer: VersionedDraft) {
    Object.assign(draft, structuredClone({ ...EMPTY_DRAFT, ...answer.draft }))
    version.value = answer.version
    kept = JSON.stringify(draft)
    state.value = 'saved'
    theirs.value = null
  }
  async function load() {
    take(await api.get('/api/cases/{id}/report-draft', own))
    loaded.value = true
  }
  async function send() {
    const sent = JSON.stringify(draft)
    if (!loaded.value || sent === kept || theirs.value) return
    try {
      const body = { draft: JSON.parse(sent) as ReportDraft, version: version.value }
      version.value = (await api.put('/api/cases/{id}/report-draft', { ...own, body })).version
      kept = sent
      failure.value = ''
      state.value = JSON.stringify(draft) === sent ? 'saved' : 'unsaved'
    } catch (error) {
      failure.value = (error as Error).message
      const conflict = error instanceof ApiError && error.code === 'CHANGED_MEANWHILE'
      state.value = conflict ? 'conflict' : 'failed'
      if (conflict) theirs.value = error.details as VersionedDraft
    }
  }
  /** Saves what is not saved yet, one sending after the other. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    saving = saving.then(send)
    return saving
  }
  /** Ends a conflict: with what is there now, or with mine on top of it. */
  async function settle(mine: boolean) {
    if (!theirs.value) return
    if (!mine) return take(theirs.value)
    version.value = theirs.value.version
    theirs.value = null
    await flush()
  }
  watch(draft, () => {
    if (!loaded.value || JSON.stringify(draft) === kept || theirs.value) return
    state.value = 'unsaved'
    clearTimeout(timer)
    timer = setTimeout(flush, SETTLED)
  })
  const warn = (event: BeforeUnloadEvent) => state.value !== 'saved' && event.preventDefault()
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => {
    removeEventListener('beforeunload', warn)
    void flush()
  })
  return {
    draft,
    version,
    state,
    failure,
    loaded,
    conflict: computed(() => theirs.value !== null),
    load,
    flush,
    settle,
  }
}
