import type { Reference } from '../api/types.ts'

/** Keys of the words under a reference cell. */
export const ORIGINS = { drawn: 'reference.drawn', person: 'reference.real', set: 'reference.ofSet' } as const

/** Where a reference cell is from: that it is drawn, who kept it, or the source and licence of its set. */
export function originInWords(
  { origin, set, keptBy }: Pick<Reference, 'origin' | 'set' | 'keptBy'>,
  t: (key: string, values?: Record<string, string>) => string,
): string {
  if (set) return t('reference.source', set)
  return origin === 'person' ? t('reference.keptBy', { name: keptBy ?? '' }) : t('reference.drawn')
}
