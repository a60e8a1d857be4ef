import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { siteCellNames } from '../cell-names/site-names.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import type { CellRow } from './cell-row.ts'
import type { CellChanges } from './schemas.ts'

type Asked = Static<typeof CellChanges>['changes'][number]

/**
 * Whether the finer names and tags of a change are the site's, and each name under the type that its cell then has. Retired
 * ones are taken, for undo brings them back. `now`: the cells before the change. Errors: CELL_NAME_UNKNOWN, CELL_NAME_ELSEWHERE.
 */
export async function checkNames(
  db: Kysely<Database>,
  asked: readonly Asked[],
  now: ReadonlyMap<string, Pick<CellRow, 'type'>>,
): Promise<void> {
  if (!asked.some(({ set }) => set.subtype || set.tags?.length)) return
  const { entries } = await siteCellNames(db)
  const known = new Map(entries.map((name) => [name.id, name]))
  for (const { id, set } of asked) {
    for (const tag of set.tags ?? []) if (known.get(tag)?.kind !== 'tag') throw unknown(tag)
    if (!set.subtype) continue
    const name = known.get(set.subtype)
    if (!name || name.kind === 'tag') throw unknown(set.subtype)
    if (name.under !== (set.type ?? now.get(id)!.type)) {
      throw new HttpError(
        422,
        'CELL_NAME_ELSEWHERE',
        `“${name.en}” stands under another type. Give the cell that type with it.`,
      )
    }
  }
}

const unknown = (id: string) =>
  new HttpError(
    422,
    'CELL_NAME_UNKNOWN',
    `“${id}” is no name of this site's list, or was taken out of it. Reload the page, then choose again.`,
  )
