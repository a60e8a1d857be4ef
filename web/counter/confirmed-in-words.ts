import { howConfirmed } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'

/** '312 confirmed: 280 singly, 32 together'; what there is none of is left out. */
export function confirmedInWords(
  cells: readonly Cell[],
  t: (key: string, values: { n: number; list?: string }) => string,
): string {
  const { unreviewed: _, ...how } = howConfirmed(cells)
  const n = how.singly + how.together + how.unknown
  const kinds = (['singly', 'together', 'unknown'] as const).filter((kind) => how[kind] > 0)
  if (kinds.length === 0) return t('counter.confirmed.none', { n })
  const list = kinds
    .map((kind) => t(`counter.confirmed.${kind}`, { n: how[kind] }))
    .join(t('counter.confirmed.stop', { n }))
  return t('counter.confirmed.all', { n, list })
}
