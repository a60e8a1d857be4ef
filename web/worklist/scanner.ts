import { onMounted, onUnmounted } from 'vue'

/** No person types this fast, ms between two keys. */
const FAST = 40
const SHORTEST = 4

/** Tells a barcode scanner, which types a number within a blink and ends with Enter, from a person. */
export class ScanBuffer {
  #text = ''
  #last = Number.NEGATIVE_INFINITY

  /** The number, when this key ends a scan; null otherwise. `at` in ms. */
  key(key: string, at: number): string | null {
    const fast = at - this.#last <= FAST
    this.#last = at
    if (key === 'Enter') {
      const text = fast && this.#text.length >= SHORTEST ? this.#text : null
      this.#text = ''
      return text
    }
    if ([...key].length === 1) this.#text = (fast ? this.#text : '') + key
    // A scanner holds Shift for capitals; any other key is a person's.
    else if (key !== 'Shift') this.#text = ''
    return null
  }
}

/** Hears a scanner wherever the page has its focus, other than in a field that a person fills in. */
export function onScan(scanned: (number: string) => void): void {
  const buffer = new ScanBuffer()
  const hear = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest?.('input, textarea, select, [role="dialog"]')) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const number = buffer.key(event.key, event.timeStamp)
    if (number === null) return
    // The Enter would open the row that has the focus.
    event.preventDefault()
    event.stopPropagation()
    scanned(number)
  }
  onMounted(() => addEventListener('keydown', hear, true))
  onUnmounted(() => removeEventListener('keydown', hear, true))
}
