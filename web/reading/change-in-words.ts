import { CELL_CLASS_INFO, type CellClass } from '../../cytology/index.ts'
import type { ChangeLog } from '../api/types.ts'

type Change = Pick<ChangeLog[number]['changes'][number], 'before' | 'after'>

/** What a change did to a cell, for the history of a case and of a cell. */
export function changeInWords(
  change: Change,
  t: (key: string, values?: Record<string, unknown>) => string,
  lang: 'en' | 'zh',
  nameOf: (id: string) => string,
): string {
  if (!change.before) return t('report.added')
  const before = change.before as Record<string, unknown>
  const after = (change.after ?? {}) as Record<string, unknown>
  const name = (type: unknown) => CELL_CLASS_INFO[type as CellClass]?.[lang] ?? ''
  const named = after.type !== undefined && after.type !== before.type
  const called = (id: unknown) => (id ? nameOf(String(id)) : t('names.none'))
  const tagsOf = (ids: unknown) => (ids as string[]).map(nameOf).join(', ') || t('names.none')
  const parts = [
    ...(named ? [`${name(before.type)} → ${name(after.type)}`] : []),
    ...(after.subtype === undefined || (after.subtype === null && named)
      ? []
      : [`${called(before.subtype)} → ${called(after.subtype)}`]),
    ...(after.tags === undefined ? [] : [t('names.tagged', { tags: tagsOf(after.tags) })]),
    ...(after.deleted === undefined ? [] : [t(after.deleted ? 'report.removed' : 'report.restored')]),
    ...(after.box === undefined ? [] : [t('report.moved')]),
  ]
  const settled = after.reviewed ?? true
  const how = settled && typeof after.confirmed === 'string' ? ` (${t(`report.how.${after.confirmed}`)})` : ''
  if (parts.length > 0) return parts.join(', ') + how
  return settled ? t('report.confirmed') + how : t('report.reopened')
}
