import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from 'vue'
import type { CellType } from '../../cytology/index.ts'
import { api } from '../api/client.ts'
import { useCase } from '../reading/case-store.ts'
import { useSession } from '../session.ts'
import { CountSaver } from './count-saver.ts'
import { keepCount, keptCount } from './kept-count.ts'
import type { CountConflict, KeyCounts } from './merge-counts.ts'

/** The count at the microscope of the case that is open. */
export function useManualCount() {
  const store = useCase()
  const userId = useSession().me!.id
  const { caseId } = store
  const own = { params: { path: { id: caseId } } }
  const counts = shallowRef<KeyCounts>({})
  const conflict = shallowRef<CountConflict | null>(null)
  const saved = ref(true)
  const failure = ref('')
  /** What this window added, the last at the end. */
  const past = ref<CellType[]>([])
  let closed = false
  const saver = new CountSaver({
    read: () => api.get('/api/cases/{id}/manual-count', own),
    write: (count) => api.put('/api/cases/{id}/manual-count', { ...own, body: count }),
    keep: (count) => keepCount(userId, caseId, count),
    kept: () => (store.locked.value ? null : keptCount(userId, caseId)),
    changed() {
      counts.value = saver.counts
      conflict.value = saver.conflict
      saved.value = saver.saved
      failure.value = saver.failure
    },
    later: (run, ms) => setTimeout(() => !closed && run(), ms),
  })
  const tell = (error: unknown) => {
    failure.value = (error as Error).message
  }

  function add(type: CellType): boolean {
    if (store.locked.value || conflict.value) return false
    past.value.push(type)
    saver.set({ ...counts.value, [type]: (counts.value[type] ?? 0) + 1 })
    return true
  }
  function undo(): boolean {
    if (store.locked.value || conflict.value) return false
    const type = past.value.pop()
    if (!type) return false
    saver.set({ ...counts.value, [type]: Math.max(0, (counts.value[type] ?? 0) - 1) })
    return true
  }
  function settle(keep: 'theirs' | 'mine' | 'sum') {
    if (keep === 'theirs') past.value = []
    saver.settle(keep)
  }

  onMounted(() => saver.load().catch(tell))
  // A count that another window wrote is told as a change of the case.
  watch(store.about, () => saver.refresh().catch(tell))
  onUnmounted(() => {
    closed = true
    if (!saver.saved) void saver.flush()
  })
  return { counts, past: computed(() => past.value), conflict, saved, failure, add, undo, settle }
}
