import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { record } from '../audit/record.ts'
import { connectDatabase } from '../database/connect.ts'
import { type Contents, contentsOf, copyTables, differing, type Watch } from '../database/copy.ts'
import { lockDatabase } from '../database/lock-database.ts'
import { mustBeWhole } from '../database/marks.ts'
import { mustExist } from '../database/must-exist.ts'
import { refuseLaterVersion } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { folderId, lockFolder } from '../lock-folder.ts'
import { beginToFill } from './begin-to-fill.ts'
import { mustAgree } from './restore.ts'

/**
 * Copies a site's database into an empty one of either kind and compares every table. The source is left as it is; the images
 * stay where they are. `siteFolder`: kept from being worked in meanwhile.
 *
 * Errors: one sentence where the target is not empty, a server works in the folder, or the source changed meanwhile.
 */
export async function moveDatabase(
  siteFolder: string,
  from: string,
  to: string,
  watch: Watch = {},
): Promise<Contents> {
  mustExist(from)
  if (from === to) throw new Error('--from and --to name the same database; give another one.')
  const freeFolder = lockFolder(siteFolder)
  const source = connectDatabase(from) as AnyDatabase
  const target = connectDatabase(to) as AnyDatabase
  let freeSource = async () => {}
  try {
    await mustBeWhole(source)
    await refuseLaterVersion(source)
    freeSource = await lockDatabase(source, folderId(siteFolder), () => {})
    const end = await beginToFill(target, 'move', siteFolder)
    const copied = await copyTables(source, target, watch)
    mustAgree(copied, await contentsOf(target, watch))
    const now = differing(copied, await contentsOf(source, watch))
    if (now.length > 0) {
      throw new Error(
        `The source changed while it was copied (${now.join(', ')}); stop every server that uses it, then begin again with an empty database.`,
      )
    }
    await record(target, { event: 'site.move', after: { from: kindOf(from), to: kindOf(to) } })
    await end()
    return copied
  } finally {
    await freeSource()
    await source.destroy()
    await target.destroy()
    freeFolder()
  }
}

const kindOf = (url: string) => (url.startsWith('file:') ? 'SQLite' : 'MySQL')

/** The folder whose lock keeps servers off: the site's, or that of an SQLite file elsewhere. */
export const folderOf = (from: string, siteFolder: string): string =>
  from.startsWith('file:') ? dirname(fileURLToPath(from)) : siteFolder
