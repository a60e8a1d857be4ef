import { reactive, watch } from 'vue'

const KEY = 'field-panels'
/** px of the page; on a lower one what lies beside the picture would have to be scrolled. */
const HIGH = 1000

/** What is open beside the picture. */
export interface Panels {
  side: boolean
  types: boolean
  counter: boolean
  cell: boolean
}

/** Kept on this device. */
export function useKeptPanels(): Panels {
  const high = innerHeight >= HIGH
  const panels = reactive({ side: true, types: true, counter: high, cell: true, ...kept() })
  watch(panels, () => {
    try {
      localStorage.setItem(KEY, JSON.stringify(panels))
    } catch {
      // A full or forbidden store: they are as usual next time.
    }
  })
  return panels
}

function kept(): Partial<Panels> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}
