import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { useCase } from '../reading/case-store.ts'
import { useSession } from '../session.ts'
import {
  type DocumentConflict,
  type DocumentPorts,
  DocumentSaver,
  type KeptDocument,
} from './document-saver.ts'
import { keptHere } from './kept.ts'

type Ports<T> = Pick<DocumentPorts<T>, 'empty' | 'same' | 'read' | 'write' | 'theirs'>

/** A saver for a document of the case that is open, and what the page shows of it; load it to begin. */
export function useDocument<T>(kind: 'count' | 'draft', ports: Ports<T>) {
  const store = useCase()
  const here = keptHere<KeptDocument<T>>(kind, useSession().me!.id, store.caseId)
  const value = shallowRef(ports.empty)
  const version = ref(0)
  const conflict = shallowRef<DocumentConflict<T> | null>(null)
  const saved = ref(true)
  const failure = ref('')
  let closed = false
  const saver: DocumentSaver<T> = new DocumentSaver<T>({
    ...ports,
    keep: here.keep,
    kept: () => (store.locked.value ? null : here.kept()),
    changed() {
      value.value = saver.value
      version.value = saver.version
      conflict.value = saver.conflict
      saved.value = saver.saved
      failure.value = saver.failure
    },
    later: (run, ms) => setTimeout(() => !closed && run(), ms),
  })
  const online = () => void saver.flush()
  onMounted(() => addEventListener('online', online))
  onUnmounted(() => {
    closed = true
    removeEventListener('online', online)
    if (!saver.saved) void saver.flush()
  })
  return { saver, value, version, conflict, saved, failure }
}
