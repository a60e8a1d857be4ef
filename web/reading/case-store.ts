import {
  type ComputedRef,
  type InjectionKey,
  inject,
  onUnmounted,
  provide,
  type Ref,
  type ShallowRef,
} from 'vue'
import { useSession } from '../session.ts'
import type { Analysis, Box, CaseInfo, Cell, Fault, Field, Slide } from './case-data.ts'
import type { SaveState } from './change-queue.ts'
import { openCase } from './open-case.ts'
import type { Change } from './undo.ts'

/** What stands in the way of saving: others changed these cells first. */
export interface Conflict {
  theirs: Cell[]
  mine: Cell[]
}

/** A case that is open: its data, and the only way to change its cells. */
export interface CaseStore {
  readonly caseId: string
  readonly about: ShallowRef<CaseInfo | null>
  readonly fields: ShallowRef<Field[]>
  /** In the order in which they were made; at least one. */
  readonly slides: ShallowRef<Slide[]>
  readonly analyses: ShallowRef<Analysis[]>
  /** Files that were sent and could not be taken. */
  /** The newest. */
  readonly analysis: ComputedRef<Analysis | undefined>
  readonly faults: ShallowRef<Fault[]>
  /** All that are known, removed ones among them; replaced objects, one map: watch it as a shallow ref. */
  readonly cells: ShallowRef<Map<string, Cell>>
  /** Those that are not removed. */
  readonly present: ComputedRef<Cell[]>
  readonly selection: ShallowRef<ReadonlySet<string>>
  readonly focusCellId: Ref<string | null>
  readonly locked: ComputedRef<boolean>
  /** The person reads as the second one, and sees the model's names instead of the first reader's. */
  readonly blind: ComputedRef<boolean>
  readonly loading: Ref<boolean>
  readonly failure: Ref<string | null>
  readonly saveState: Ref<SaveState>
  /** Changes that have not arrived yet. */
  readonly waiting: ShallowRef<readonly Change[]>
  readonly conflict: ShallowRef<Conflict | null>
  readonly steps: { readonly canUndo: boolean; readonly canRedo: boolean }
  /** Since when the cell's crop looks as it does: a review alone must not fetch it again. */
  pictureVersion(cell: Cell): number
  select(ids: Iterable<string>, focus?: string | null): void
  /** Shown at once, then saved; one step of undo. Ids that are not known or already so are left out. */
  change(changes: readonly Change[]): void
  remove(ids: Iterable<string>): void
  /** The server names the new cell; null where it refused, which `failure` tells. */
  addCell(fieldId: string, box: Box): Promise<Cell | null>
  /** One cell around all of them: the first stays. They must lie in one field. */
  merge(ids: readonly string[]): void
  /** Cuts a box across its longer side. */
  split(id: string): Promise<void>
  undo(): void
  redo(): void
  /** Ends a conflict: puts mine on top of what others did, or takes theirs. */
  settle(mine: boolean): void
  /** Everything from the server; what is still on its way stays on top. */
  load(): Promise<void>
  reloadAbout(): Promise<void>
  reloadFields(): Promise<void>
  reloadAnalyses(): Promise<void>
  close(): void
}

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
