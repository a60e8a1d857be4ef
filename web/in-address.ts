import { onUnmounted, reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** ms after the last change: keys that are held must not write into the address each time. */
const PAUSE = 250

/**
 * What a page shows, kept in its address: whoever reloads or is sent the link sees the same. `usual`: what holds where the
 * address says nothing; it is not written. Other parts of the query stay.
 */
export function useInAddress<T extends Record<string, string>>(usual: T): T {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const names = Object.keys(usual) as (keyof T & string)[]
  const given = names.filter((name) => typeof route.query[name] === 'string')
  const shown = reactive({
    ...usual,
    ...Object.fromEntries(given.map((name) => [name, route.query[name]])),
  }) as T
  let timer: ReturnType<typeof setTimeout> | undefined

  function write() {
    // Another page is open by now.
    if (route.path !== path) return
    const others = Object.entries(route.query).filter(([name]) => !names.includes(name))
    const own = names.filter((name) => shown[name] !== usual[name]).map((name) => [name, shown[name]])
    void router.replace({ query: Object.fromEntries([...others, ...own]) })
  }
  watch(shown, () => {
    clearTimeout(timer)
    timer = setTimeout(write, PAUSE)
  })
  onUnmounted(() => clearTimeout(timer))
  return shown
}
