import { type Component, defineAsyncComponent } from 'vue'
import { lineLost, whenBack } from './api/line.ts'
import PartLoading from './part-loading.vue'
import { partsToLoad, type WaitingPart } from './parts-to-load.ts'

/** ms after which it is said that a part is being loaded. */
const SOON = 200

/** How often a part is tried again while the server answers. */
const BY_ITSELF = 3

/**
 * A part of the page that is loaded when it is first shown. Where that fails it says so and stays, is tried again when the server is
 * back, and by a button.
 */
export const lazy = <C extends Component>(loader: () => Promise<{ default: C }>): C =>
  defineAsyncComponent<C>({
    loader,
    loadingComponent: PartLoading,
    delay: SOON,
    onError(_error, retry, _fail, attempts) {
      const part: WaitingPart = () => {
        partsToLoad.delete(part)
        stop()
        loadSheetsAgain()
        retry()
      }
      const stop = whenBack(part)
      partsToLoad.add(part)
      // Where the server answers all the same, the program is another one by now: the page is to be loaded anew.
      if (attempts <= BY_ITSELF) lineLost()
    },
  })

const lostSheets = new Set<HTMLLinkElement>()
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lostSheets.add(target)
  },
  true,
)
/** A style sheet that did not come is not asked for again by the part that needs it. */
function loadSheetsAgain(): void {
  for (const lost of lostSheets) {
    lostSheets.delete(lost)
    lost.replaceWith(lost.cloneNode())
  }
}
