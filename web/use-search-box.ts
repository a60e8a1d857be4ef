import { ref, watch } from 'vue'

/** ms without a key after which what was typed is looked for. */
const PAUSE = 200

/**
 * What a person types into a search box (`search`), and what of it is looked for (`asked`): trimmed, once the person pauses,
 * or at once by `askNow`, which gives it.
 */
export function useSearchBox(first: string) {
  const search = ref(first)
  const asked = ref(first)
  let typing = 0
  watch(search, (text) => {
    clearTimeout(typing)
    typing = window.setTimeout(() => (asked.value = text.trim()), PAUSE)
  })
  function askNow(): string {
    clearTimeout(typing)
    asked.value = search.value.trim()
    return asked.value
  }
  return { search, asked, askNow }
}
