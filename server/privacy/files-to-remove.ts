import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { inChunks } from '../database/in-chunks.ts'
import type { Database, FilesToRemove } from '../database/schema.ts'
import { isSqlite } from '../database/tables.ts'
import { removeRenditions } from '../fields/renditions-folder.ts'
import type { Ports } from '../ports.ts'

type Named = Pick<FilesToRemove, 'kind' | 'name'>
type FilePorts = Pick<Ports, 'config' | 'db' | 'storage'>

/** Says, in the transaction after which no row names these files any more, that they must go. */
export async function listFiles(trx: Kysely<Database>, files: readonly Named[]): Promise<void> {
  const at = Date.now()
  for (const chunk of inChunks(files)) {
    const rows = chunk.map((file) => ({ id: uuid(), ...file, at }))
    await trx.insertInto('files_to_remove').values(rows).execute()
  }
}

/**
 * Removes what is listed; called after the commit, at every start and every night, so that neither a crash nor a file that
 * is in use leaves anything for ever. Returns how many are still there. Errors: the first one's, after all were tried.
 */
export async function removeListedFiles(ports: FilePorts): Promise<number> {
  const { db, config } = ports
  const all = await db.selectFrom('files_to_remove').selectAll().orderBy('id').execute()
  if (all.length === 0) return 0
  const left = new Set(all.map(({ id }) => id))
  let error: unknown
  const attempt = async (ids: readonly string[], remove: () => Promise<void>) => {
    try {
      await remove()
      for (const chunk of inChunks(ids))
        await db.deleteFrom('files_to_remove').where('id', 'in', chunk).execute()
      for (const id of ids) left.delete(id)
    } catch (problem) {
      error ??= problem
    }
  }
  const copies = all.filter(({ kind }) => kind === 'renditions')
  await attempt(
    copies.map(({ id }) => id),
    () => removeRenditions(join(config.dataFolder, 'renditions'), new Set(copies.map(({ name }) => name))),
  )
  for (const { id, kind, name } of all) {
    if (kind === 'stored') await attempt([id], () => ports.storage.remove(name))
    if (kind === 'uploads') await attempt([id], () => removeUploads(ports, name))
  }
  const journals = all.filter(({ kind }) => kind === 'journal').map(({ id }) => id)
  if (journals.length > 0) await attempt(journals, () => emptyJournal(db))
  if (error) throw error
  return left.size
}

/** Unfinished uploads of a case: what has come, and what says which file it is to be. */
async function removeUploads({ config, storage }: FilePorts, caseId: string): Promise<void> {
  const folder = join(config.dataFolder, 'uploads')
  const names = await readdir(folder).catch(() => [] as string[])
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    if (!text.includes(caseId)) continue
    const id = name.slice(0, -'.json'.length)
    // Where the server ended between storing it and making its row.
    await storage.remove(`fields/${id}`)
    // What says whose it is goes last, so that a crash in between leaves something to begin again from.
    for (const own of [id, `${id}.accepted`, name]) await rm(join(folder, own), { force: true })
  }
}

/** How often the journal is tried again where a thread works on it, and ms in between. */
const TIMES = 40
const PAUSE = 50

/**
 * SQLite keeps what was overwritten in its journal until the journal is written from the beginning again. Errors: where another
 * process reads the database just then, which SQLite tells as a row.
 */
async function emptyJournal(db: Kysely<Database>): Promise<void> {
  if (!isSqlite(db)) return
  for (let times = 0; ; times++) {
    const { rows } = await sql<{ busy: number; log: number }>`pragma wal_checkpoint(truncate)`.execute(db)
    const { busy, log } = rows[0]!
    if (busy !== 1) return
    // A reading thread brings the journal into the file just then, for which SQLite does not wait as it does for readers.
    if (log === -1 && times < TIMES) {
      await new Promise((done) => setTimeout(done, PAUSE))
      continue
    }
    throw new Error(
      'Another process reads the database, so its journal (-wal) may still hold what was erased. The next night and the next start empty it.',
    )
  }
}
