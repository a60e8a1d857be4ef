import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import SQLite from 'better-sqlite3'
import about from '../../package.json' with { type: 'json' }
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { type Contents, contentsOf, copyTables, type Watch } from '../database/copy.ts'
import { mustBeWhole } from '../database/marks.ts'
import { mustExist } from '../database/must-exist.ts'
import { openDatabase, refuseLaterVersion } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { flush } from '../storage/flush.ts'
import { type Backup, recordBackup } from './last-backup.ts'
import { DATABASE, FILES, FORMAT, type Manifest } from './manifest.ts'
import { closeIntoOneFile, openSaved } from './saved-database.ts'
import { NEWEST, schemaOf } from './schema-of.ts'
import { copyStored, keysIn, keysNamedBy } from './stored-files.ts'

/**
 * Saves a site into the new folder `out`, also while its server works: the database as it was in one moment, and every file
 * that it names. The folder has its name only when it is whole; the site's audit says that it was made.
 *
 * Errors: one sentence where `out` exists or there is no such site; those of the disk and the drivers, after which what was
 * written is taken away.
 */
export async function backup(config: Config, out: string, watch: Watch = {}): Promise<Manifest> {
  mustExist(config.databaseUrl)
  if (existsSync(out)) throw new Error(`${out} exists already; give a folder that does not.`)
  const live = connectDatabase(config.databaseUrl) as AnyDatabase
  const unfinished = `${out}.unfinished`
  try {
    await mustBeWhole(live)
    await refuseLaterVersion(live)
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(join(unfinished, FILES), { recursive: true })
    const manifest = await save(config, live, unfinished, watch)
    await writeFile(join(unfinished, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
    await flush(join(unfinished, 'manifest.json'))
    await rename(unfinished, out)
    await flush(dirname(out))
    // A site that this version has not worked in yet may have no audit of this form.
    if (manifest.schema === NEWEST) await recordBackup(live, await described(manifest, out))
    return manifest
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await live.destroy()
  }
}

async function save(config: Config, live: AnyDatabase, folder: string, watch: Watch): Promise<Manifest> {
  const madeAt = new Date().toISOString()
  const images = join(config.dataFolder, 'images')
  const files: Manifest['files'] = {}
  const copyNew = async () => {
    for (const key of await keysIn(images)) {
      if (files[key]) continue
      const copied = await copyStored(images, join(folder, FILES), key)
      if (copied) files[key] = copied
      watch.onProgress?.('files', Object.keys(files).length)
    }
  }
  // Before and after the database: what it names was there in one of the two.
  await copyNew()
  const schema = await schemaOf(live)
  const file = join(folder, DATABASE)
  const tables = await saveDatabase(config.databaseUrl, live, file, watch)
  await copyNew()
  await flush(file)

  // Erased from the site while it was saved: a backup must not bring it back.
  const still = new Set(await keysIn(images))
  const saved = openSaved(file)
  const named = await keysNamedBy(saved).finally(() => saved.destroy())
  for (const key of Object.keys(files)) {
    if (still.has(key) || named.has(key)) continue
    delete files[key]
    await rm(join(folder, FILES, key))
  }
  const missing = [...named].filter((key) => !files[key]).sort()
  return { format: FORMAT, version: about.version, madeAt, schema, tables, files, missing }
}

async function described({ madeAt, tables, files }: Manifest, folder: string): Promise<Backup> {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const { size } = await stat(join(folder, DATABASE))
  return {
    at: Date.parse(madeAt),
    folder,
    rows: sum(Object.values(tables).map((table) => table.rows)),
    files: Object.keys(files).length,
    bytes: size + sum(Object.values(files).map((file) => file.bytes)),
  }
}

async function saveDatabase(url: string, live: AnyDatabase, file: string, watch: Watch): Promise<Contents> {
  if (url.startsWith('file:')) {
    const source = new SQLite(fileURLToPath(url), { readonly: true })
    // All of it in one reading: SQLite's page-wise copy begins anew with each change, and never ends where people work.
    try {
      source.prepare('vacuum into ?').run(file)
    } finally {
      source.close()
    }
    closeIntoOneFile(file)
    const saved = openSaved(file)
    return contentsOf(saved, watch).finally(() => saved.destroy())
  }
  // With this version's tables: a site of an earlier one is started with this version first, which copyTables says.
  const saved = (await openDatabase(pathToFileURL(file).href)) as AnyDatabase
  try {
    return await live
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((snapshot) => copyTables(snapshot, saved, watch))
  } finally {
    await saved.destroy()
    closeIntoOneFile(file)
  }
}
