/** The files of a site are its owner's alone: 0600, folders 0700, whatever the umask of whoever starts the program. */
import { chmodSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Before anything of a site is written; what this process starts inherits it. */
export function writeForOwnerAlone(): void {
  process.umask(0o077)
}

interface Narrowed {
  /** How many files and folders others had rights on. */
  narrowed: number
  /** Those on which they still have, for this user may not change it. */
  left: string[]
}

/**
 * Takes from others what an earlier version, or a restore by hand, left them: in the whole data folder where that is open itself, and of
 * the files that settings put elsewhere. The folder comes last, so that one that was cut off begins again.
 */
export function narrowSite(
  config: Record<'dataFolder' | 'databaseUrl' | 'auditHeads' | 'siteKey', string>,
): Narrowed {
  const told: Narrowed = { narrowed: 0, left: [] }
  // Windows keeps rights otherwise.
  if (process.platform === 'win32') return told
  const { databaseUrl } = config
  const dataFolder = realpathSync(config.dataFolder)
  const database = databaseUrl.startsWith('file:') ? fileURLToPath(databaseUrl) : undefined
  const named = [config.auditHeads, config.siteKey]
  if (database) named.push(database, `${database}-wal`, `${database}-shm`)
  for (const file of named) if (lstatOf(file)?.isFile()) narrow(file, told)
  if (isWide(lstatOf(dataFolder))) narrowAll(dataFolder, told)
  return told
}

function narrowAll(folder: string, told: Narrowed, isTop = true): void {
  for (const name of entriesOf(folder, told)) {
    const path = join(folder, name)
    const stats = lstatOf(path)
    if (stats?.isDirectory()) narrowAll(path, told, false)
    else if (stats?.isFile()) narrow(path, told)
    // A folder of the site may lie on another disk; no other link is followed.
    else if (isTop && stats?.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      narrowAll(realpathSync(path), told, false)
    }
  }
  narrow(folder, told)
}

function entriesOf(folder: string, told: Narrowed): string[] {
  try {
    return readdirSync(folder)
  } catch {
    told.left.push(folder)
    return []
  }
}

function narrow(path: string, told: Narrowed): void {
  const stats = lstatOf(path)
  if (!isWide(stats)) return
  try {
    chmodSync(path, stats!.isDirectory() ? 0o700 : 0o600)
    told.narrowed += 1
  } catch {
    told.left.push(path)
  }
}

const lstatOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })
/** Nobody runs a file of a site. */
const isWide = (stats: Stats | undefined) =>
  stats !== undefined && (stats.mode & (stats.isDirectory() ? 0o077 : 0o177)) !== 0

/** As a sentence for the log; none where nothing was to be done. */
export function narrowedSentence({ narrowed, left }: Narrowed): string | undefined {
  const done = narrowed > 0 ? `Others could read ${narrowed} files and folders of this site; no longer. ` : ''
  const some = left.slice(0, 3).join(', ')
  const more = left.length > 3 ? ` and ${left.length - 3} more` : ''
  const not =
    left.length > 0 ? `Others can read ${some}${more}: give them to the user that the server runs as.` : ''
  return `${done}${not}`.trim() || undefined
}
