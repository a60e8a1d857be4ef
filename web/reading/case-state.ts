import { computed, ref, shallowRef } from 'vue'
import type { Analysis, Case, Cell, Comment, Fault, Field, Present, Slide } from '../api/types.ts'

export type CaseState = ReturnType<typeof caseState>

/** What a page knows of a case: the parts of an open case all read and write this. */
export function caseState(userId: string, mayReview: () => boolean) {
  const about = shallowRef<Case | null>(null)
  /** In the order in which they were made; at least one. */
  const slides = shallowRef<Slide[]>([])
  const fields = shallowRef<Field[]>([])
  /** The newest first. */
  const analyses = shallowRef<Analysis[]>([])
  /** Files that were sent and could not be taken. */
  const faults = shallowRef<Fault[]>([])
  /** All that are known, removed ones among them; replaced objects, one map: watch it as a shallow ref. */
  const cells = shallowRef(new Map<string, Cell>())
  /** Who else has the case open. */
  const others = shallowRef<Present[]>([])
  /** What was said of cells, the first one first; nothing for who reads blind. */
  const comments = shallowRef<Comment[]>([])
  /** Until the case was read for the first time. */
  const loading = ref(true)
  /** The sentence of what went wrong last. */
  const failure = ref<string | null>(null)
  const signed = computed(() => about.value?.status === 'signed' || about.value?.status === 'addended')
  return {
    about,
    slides,
    fields,
    analyses,
    /** The newest. */
    analysis: computed(() => analyses.value[0]),
    faults,
    cells,
    comments,
    /** Comments by the id of their cell. */
    commented: computed(() => Map.groupBy(comments.value, ({ cellId }) => cellId)),
    /** Those that are not removed. */
    present: computed(() => [...cells.value.values()].filter((cell) => !cell.deleted)),
    others,
    loading,
    failure,
    /** Nothing may be changed. */
    locked: computed(() => signed.value || !mayReview()),
    /** The person reads as the second one, and sees the model's names instead of the first reader's. */
    blind: computed(() => {
      const reading = about.value?.secondReading
      return reading?.status === 'open' && reading.readerId === userId
    }),
  }
}
