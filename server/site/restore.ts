import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { record } from '../audit/record.ts'
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { type Contents, contentsOf, copyTables, differing, type Watch } from '../database/copy.ts'
import { openDatabase } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { describeFile } from '../hashing/describe-file.ts'
import { lockFolder } from '../lock-folder.ts'
import { beginToFill } from './begin-to-fill.ts'
import { DATABASE, FILES, type Manifest, readManifest } from './manifest.ts'
import { openSaved } from './saved-database.ts'
import { NEWEST } from './schema-of.ts'
import { copyStored, keysIn } from './stored-files.ts'

/**
 * Checks the whole of a backup, puts it into the site of `config`, which must be empty, and compares every table and file
 * with the backup. Either kind of database, whichever the backup was made of; one of an earlier version is brought up to date.
 *
 * Errors: one sentence where the backup is damaged or of a later version, or the site is not empty; then nothing was changed.
 */
export async function restore(config: Config, folder: string, watch: Watch = {}): Promise<Manifest> {
  const manifest = await readManifest(folder)
  if (manifest.schema > NEWEST) {
    throw new Error(
      `The backup is of a later version (${manifest.version}, ${manifest.schema}); install that one to restore it.`,
    )
  }
  await check(folder, manifest, watch)
  const freeFolder = lockFolder(config.dataFolder)
  const scratch = await mkdtemp(join(tmpdir(), 'marrowscope-restore-'))
  try {
    const images = join(config.dataFolder, 'images')
    if ((await keysIn(images)).length > 0) {
      throw new Error(`${images} is not empty; give an empty MARROWSCOPE_SITE, nothing was changed.`)
    }
    const source = await upToDate(folder, manifest, scratch)
    const target = connectDatabase(config.databaseUrl) as AnyDatabase
    try {
      const end = await beginToFill(target, 'restore', config.dataFolder)
      const expected = await copyTables(source, target, watch)
      await copyFiles(folder, images, manifest, watch)
      mustAgree(expected, await contentsOf(target, watch))
      await record(target, { event: 'site.restore', after: { madeAt: manifest.madeAt } })
      await end()
    } finally {
      await source.destroy()
      await target.destroy()
    }
    return manifest
  } finally {
    await rm(scratch, { recursive: true, force: true })
    freeFolder()
  }
}

async function check(folder: string, { tables, files }: Manifest, watch: Watch): Promise<void> {
  for (const [at, [key, { bytes, sha256 }]] of Object.entries(files).entries()) {
    const found = await describeFile(join(folder, FILES, key)).catch(() => undefined)
    if (found?.bytes !== bytes || found.sha256 !== sha256) {
      throw new Error(`The backup is damaged: ${FILES}/${key} is not as it was saved. Nothing was changed.`)
    }
    watch.onProgress?.('files checked', at + 1)
  }
  const db = openSaved(join(folder, DATABASE))
  const wrong = await contentsOf(db, watch)
    .then((found) => differing(tables, found))
    .catch((error: Error) => [error.message])
    .finally(() => db.destroy())
  if (wrong.length > 0) {
    throw new Error(`The backup is damaged: ${wrong.join(', ')} in ${DATABASE}. Nothing was changed.`)
  }
}

/** The backup's database with this version's tables: itself, or a copy that was brought up to date. */
async function upToDate(folder: string, { schema }: Manifest, scratch: string): Promise<AnyDatabase> {
  const file = join(folder, DATABASE)
  if (schema === NEWEST) return openSaved(file)
  const copy = join(scratch, DATABASE)
  await copyFile(file, copy)
  return (await openDatabase(pathToFileURL(copy).href)) as AnyDatabase
}

async function copyFiles(folder: string, images: string, { files }: Manifest, watch: Watch): Promise<void> {
  for (const [at, [key, { sha256 }]] of Object.entries(files).entries()) {
    const copied = await copyStored(join(folder, FILES), images, key)
    if (copied?.sha256 !== sha256) throw new Error(`${key} was not restored as it was saved; try again.`)
    watch.onProgress?.('files', at + 1)
  }
}

/** Errors: names the tables that differ. */
export function mustAgree(expected: Contents, found: Contents): void {
  const wrong = differing(expected, found)
  if (wrong.length === 0) return
  throw new Error(
    `Not everything arrived as it was: ${wrong.join(', ')} differ. Begin again with an empty database; the source is as it was.`,
  )
}
