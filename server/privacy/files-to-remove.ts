import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Ports } from '../app.ts'
import { inChunks } from '../cells/in-chunks.ts'
import type { Database, FilesToRemove } from '../database/schema.ts'
import { isSqlite } from '../database/tables.ts'
import { Renditions } from '../fields/renditions.ts'
import type { Storage } from '../storage/storage.ts'

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
  const { db } = ports
  const all = await db.selectFrom('files_to_remove').selectAll().orderBy('id').execute()
  let failed = 0
  let error: unknown
  for (const { id, ...file } of all) {
    try {
      await remove(ports, file)
      await db.deleteFrom('files_to_remove').where('id', '=', id).execute()
    } catch (problem) {
      failed += 1
      error ??= problem
    }
  }
  if (all.length > failed) await emptyJournal(db)
  if (error) throw error
  return failed
}

function remove({ config, storage }: FilePorts, { kind, name }: Named): Promise<void> {
  if (kind === 'stored') return storage.remove(name)
  if (kind === 'renditions') return new Renditions(join(config.dataFolder, 'renditions')).remove(name)
  return removeUploads(join(config.dataFolder, 'uploads'), name, storage)
}

/** Unfinished uploads of a case: what has come, and what says which file it is to be. */
async function removeUploads(folder: string, caseId: string, storage: Storage): Promise<void> {
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

/** SQLite keeps what was overwritten in its journal until the journal is written from the beginning again. */
async function emptyJournal(db: Kysely<Database>): Promise<void> {
  if (isSqlite(db)) await sql`pragma wal_checkpoint(truncate)`.execute(db)
}
