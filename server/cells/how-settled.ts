import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Confirmed } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import type { Change } from './cell-difference.ts'
import type { CellRow } from './cell-row.ts'
import type { CellChanges, CellSet } from './schemas.ts'

type Asked = Static<typeof CellChanges>['changes'][number]
type Set = Static<typeof CellSet>

/** A cell that is named, its type or more finely, is reviewed by that. */
const settles = ({ type, subtype, reviewed }: Set): boolean => reviewed ?? (type !== undefined || !!subtype)

/** Whether a change acts on more than one cell as it settles them. */
export const areTogether = (asked: readonly Asked[]): boolean =>
  asked.filter(({ set }) => settles(set)).length > 1

/**
 * What `set` asks for, with whether the cell is reviewed by it and how that came about. Where that is not said it follows from
 * `together`; a cell that is reviewed already, and named no other, stays as it was among others.
 *
 * Errors: CONFIRMED_NOT_SO of a cell that the change does not settle.
 */
export function wholeSet(set: Set, row: CellRow, together: boolean): Set {
  const touched = set.reviewed !== undefined || set.type !== undefined || !!set.subtype
  if (!settles(set)) {
    if (set.confirmed) throw notSo()
    return touched ? { ...set, reviewed: false, confirmed: null } : set
  }
  const same = (set.type ?? row.type) === row.type && (set.subtype ?? row.subtype) === row.subtype
  const already = row.reviewed === 1 && same
  const usual = together ? (already ? row.confirmed : 'together') : 'singly'
  return { ...set, reviewed: true, confirmed: set.confirmed === undefined ? usual : set.confirmed }
}

/**
 * Of changes that are about to be made, what no act of now can make so: several cells settled singly at once, and cells that are
 * reviewed without anyone knowing how. By cell. Only who takes an earlier change back may ask for it.
 */
export function restored(changes: readonly Change[], together: boolean): Map<string, Confirmed | null> {
  const found = new Map<string, Confirmed | null>()
  for (const { cellId, after } of changes) {
    const { confirmed } = after
    if (isUnknown(after)) found.set(cellId, null)
    else if (together && confirmed === 'singly') found.set(cellId, confirmed)
  }
  return found
}

/** Of one side of a change: the cell is reviewed, and nobody knows how. */
const isUnknown = ({ reviewed, confirmed }: Set): boolean =>
  reviewed === true ? !confirmed : confirmed === null && reviewed === undefined

/** Errors: CONFIRMED_NOT_SO where the log of changes does not say that a cell was as it is to be restored. */
export async function mustHaveBeen(
  db: Kysely<Database>,
  caseId: string,
  asked: ReadonlyMap<string, Confirmed | null>,
): Promise<void> {
  if (asked.size === 0) return
  const open = new Map(asked)
  const rows = await db
    .selectFrom('cell_changes')
    .select('changes')
    .where('case_id', '=', caseId)
    .where('changes', 'like', '%"confirmed"%')
    .orderBy('number', 'desc')
    .execute()
  for (const { changes } of rows) {
    for (const { cellId, before } of JSON.parse(changes) as Change[]) {
      const claim = open.get(cellId)
      if (claim === undefined || !before) continue
      if (claim === null ? isUnknown(before) : before.confirmed === claim) open.delete(cellId)
    }
    if (open.size === 0) return
  }
  throw notSo()
}

export const notSo = () =>
  new HttpError(
    400,
    'CONFIRMED_NOT_SO',
    'A cell is confirmed singly by an act on it alone; cells that are confirmed or named at once are confirmed together.',
  )
