import { computed, onMounted, ref, watch } from 'vue'
import type { CellType } from '../../cytology/index.ts'
import { api } from '../api/client.ts'
import type { ManualCount } from '../api/types.ts'
import { useCase } from '../reading/case-store.ts'
import { useDocument } from '../saving/use-document.ts'
import { conflictOf, type KeyCounts, sameCounts } from './merge-counts.ts'

/** ms: keys come in quick succession, they are sent together. */
const PAUSE = 400

const documentOf = ({ counts, version }: ManualCount) => ({ value: counts, version })

/** The count at the microscope of the case that is open. */
export function useManualCount() {
  const store = useCase()
  const own = { params: { path: { id: store.caseId } } }
  const {
    saver,
    value: counts,
    conflict: met,
    saved,
    failure,
  } = useDocument<KeyCounts>('count', {
    empty: {},
    same: sameCounts,
    read: async () => documentOf(await api.get('/api/cases/{id}/manual-count', own)),
    write: ({ value, version }) =>
      api.put('/api/cases/{id}/manual-count', { ...own, body: { counts: value, version } }),
    theirs: (details) => documentOf(details as ManualCount),
  })
  const conflict = computed(() => met.value && conflictOf(met.value))
  /** What this window added, the last at the end. */
  const past = ref<CellType[]>([])
  const tell = (error: unknown) => {
    failure.value = (error as Error).message
  }

  function add(type: CellType): boolean {
    if (store.locked.value || conflict.value) return false
    past.value.push(type)
    saver.set({ ...counts.value, [type]: (counts.value[type] ?? 0) + 1 }, PAUSE)
    return true
  }
  function undo(): boolean {
    if (store.locked.value || conflict.value) return false
    const type = past.value.pop()
    if (!type) return false
    saver.set({ ...counts.value, [type]: Math.max(0, (counts.value[type] ?? 0) - 1) }, PAUSE)
    return true
  }
  function settle(keep: 'theirs' | 'mine' | 'sum') {
    if (!conflict.value) return
    if (keep === 'theirs') past.value = []
    saver.settle(conflict.value[keep])
  }

  onMounted(() => saver.load().catch(tell))
  // A count that another window wrote is told as a change of the case.
  watch(store.about, () => saver.refresh().catch(tell))
  return { counts, past: computed(() => past.value), conflict, saved, failure, add, undo, settle }
}
