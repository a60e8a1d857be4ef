import { mustBeEmpty } from '../database/copy.ts'
import { lockDatabase } from '../database/lock-database.ts'
import { markFinished, markUnfinished, mustBeWhole } from '../database/marks.ts'
import { bringUpToDate, refuseLaterVersion } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { folderId } from '../lock-folder.ts'

/**
 * Makes an empty database ready to be filled and marks it as not whole before anything else. Returns the function that takes the mark away, to be
 * called when everything has arrived; without it no server works on the database. `siteFolder`: locked by this process.
 *
 * Errors: one sentence where it has been worked in or an earlier filling was cut off; then nothing was changed.
 */
export async function beginToFill(
  db: AnyDatabase,
  what: 'restore' | 'move',
  siteFolder: string,
): Promise<() => Promise<void>> {
  await mustBeWhole(db)
  await refuseLaterVersion(db)
  await mustBeEmpty(db)
  const free = await lockDatabase(db, folderId(siteFolder), () => {})
  await markUnfinished(db, what)
  await bringUpToDate(db)
  return async () => {
    await markFinished(db)
    await free()
  }
}
