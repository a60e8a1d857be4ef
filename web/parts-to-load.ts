import { reactive } from 'vue'
import { askNow } from './api/line.ts'

/** Tries to load a part of the page once more. */
export type WaitingPart = () => void

/** Parts of the page that could not be loaded and wait for the server. */
export const partsToLoad = reactive(new Set<WaitingPart>())

/** Tries all of them again. */
export function loadAgain(): void {
  void askNow()
  for (const part of [...partsToLoad]) part()
}
