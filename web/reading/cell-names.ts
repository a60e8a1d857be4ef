import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CellName } from '../../cytology/index.ts'
import { api } from '../api/client.ts'

/** The finer names of the site; none until they are known, and none where the site has none. */
export function useCellNames() {
  const { locale } = useI18n()
  const { data } = useQuery({
    queryKey: ['cell-names'],
    queryFn: () => api.get('/api/cell-names'),
    staleTime: 60_000,
  })
  const names = computed<readonly CellName[]>(() => data.value?.entries ?? [])
  const byId = computed(() => new Map(names.value.map((name) => [name.id, name])))
  const inLanguage = (name: CellName) => name[locale.value as 'en' | 'zh']
  return {
    names,
    byId,
    inLanguage,
    /** What a name or a tag is called in the page's language; its id where the site has it no more. */
    nameOf(id: string): string {
      const name = byId.value.get(id)
      return name ? inLanguage(name) : id
    },
  }
}
