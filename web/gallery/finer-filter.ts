import type { CellName } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'

/** What the address says of finer names: a name under the shown type, a tag, `said` '1' for cells with a comment. */
interface FinerFilter {
  finer: string
  tag: string
  said: string
}

/** Whether a cell is among those that are asked for; `commented`: the cells with a comment, by their ids. */
export const isAsked = (
  { id, subtype, tags }: Cell,
  { finer, tag, said }: FinerFilter,
  commented: { has(id: string): boolean },
): boolean =>
  (finer === '' || subtype === finer) &&
  (tag === '' || tags.includes(tag)) &&
  (said !== '1' || commented.has(id))

/**
 * The name that a key with Shift means: the site's own key for it, else by a digit the n-th one under the cell's type. A digit that
 * is typed with Shift, as on a French keyboard, stays what it is.
 */
export function nameOfKey(
  names: readonly CellName[],
  { code, key }: { code: string; key: string },
  type: Cell['type'] | undefined,
): CellName | undefined {
  const offered = names.filter(({ retired }) => !retired)
  const own = offered.find((name) => name.key !== null && name.key === key.toLowerCase())
  if (own) return own
  const digit = /^Digit([1-9])$/.exec(code)?.[1]
  if (!digit || /^\d$/.test(key)) return undefined
  return offered.filter(({ kind, under }) => kind !== 'tag' && under === type)[Number(digit) - 1]
}
