import { type InjectionKey, inject, onUnmounted, provide } from 'vue'
import { useSession } from '../session.ts'
import { type CaseStore, openCase } from './open-case.ts'

export type { CaseStore } from './open-case.ts'

const CASE_STORE: InjectionKey<CaseStore> = Symbol('case store')

/** Opens a case for a page and everything inside it; it is closed with the page. Call load() to read it. */
export function provideCase(caseId: string): CaseStore {
  const session = useSession()
  const store = openCase(caseId, session.me!.id, () => session.may('case.review'))
  provide(CASE_STORE, store)
  onUnmounted(store.close)
  return store
}

/** The case of the page that is around this component. */
export function useCase(): CaseStore {
  const store = inject(CASE_STORE)
  if (!store) throw new Error('useCase is for components inside the case page.')
  return store
}
