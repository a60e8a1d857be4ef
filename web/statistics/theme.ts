import { onBeforeUnmount, ref } from 'vue'

export interface Inks {
  ground: string
  ink: string
  faint: string
  line: string
  accent: string
  bad: string
}

const read = (): Inks => {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    ground: of('--surface'),
    ink: of('--ink'),
    faint: of('--ink-2'),
    line: of('--line'),
    accent: of('--accent'),
    bad: of('--bad'),
  }
}

/** The page's colours as values, anew whenever it turns light or dark: a chart cannot read variables. */
export function useInks() {
  const inks = ref(read())
  const observer = new MutationObserver(() => {
    inks.value = read()
  })
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  onBeforeUnmount(() => observer.disconnect())
  return inks
}
