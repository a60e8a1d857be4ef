import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import { isSqlite } from '../database/tables.ts'
import type { Ports } from '../ports.ts'
import { folderSize, type Size, sizeOf } from '../storage/folder-size.ts'
import type { Measured } from './schemas.ts'

/** Of the tables these grow with the work. */
const TABLES = ['cases', 'fields', 'cells', 'cell_embeddings', 'cell_changes', 'analyses', 'audit'] as const
/** Months that are told of, with the present one. */
const MONTHS = 12

type Port = Pick<Ports, 'db' | 'config' | 'storage'>

/**
 * Measures what the site takes up. What the database knows is summed there; folders whose sizes it does not know are walked,
 * which may take minutes: a meter does this, never a request.
 */
export async function measureStorage(ports: Port): Promise<Static<typeof Measured>> {
  const { config, db } = ports
  const data = (name: string) => folderSize(join(config.dataFolder, name))
  const { bavail, blocks, bsize } = await statfs(config.dataFolder)
  return {
    at: Date.now(),
    originals: await originals(ports),
    exports: await exported(ports),
    references: await data('images/references'),
    renditions: await data('renditions'),
    // What an upload's protocol notes beside it stays a while longer.
    uploads: await folderSize(join(config.dataFolder, 'uploads'), (file) => !file.endsWith('.json')),
    database: isSqlite(db) ? await sqliteSize(config.databaseUrl) : await mysqlSize(ports),
    rows: await rowsOfTables(ports),
    months: await growth(ports),
    free: bavail * bsize,
    total: blocks * bsize,
  }
}

/** Without those that a rule of retention removed. */
async function originals({ db }: Port): Promise<Size> {
  const { files, bytes } = await db
    .selectFrom('fields')
    .innerJoin('cases', 'cases.id', 'fields.case_id')
    .select((e) => [e.fn.countAll().as('files'), e.fn.sum('bytes').as('bytes')])
    .where('images_removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { files: Number(files), bytes: Number(bytes ?? 0) }
}

async function exported({ db }: Port): Promise<Size> {
  const { files, bytes } = await db
    .selectFrom('research_exports')
    .select((e) => [e.fn.countAll().as('files'), e.fn.sum('bytes').as('bytes')])
    .where('status', '=', 'done')
    .executeTakeFirstOrThrow()
  return { files: Number(files), bytes: Number(bytes ?? 0) }
}

/** The file with what waits beside it to be written into it. */
async function sqliteSize(url: string): Promise<{ bytes: number; waiting: number | null }> {
  const file = fileURLToPath(url)
  const of = async (path: string) => (await sizeOf(path)) ?? 0
  return { bytes: await of(file), waiting: await of(`${file}-wal`) }
}

async function mysqlSize({ db }: Port): Promise<{ bytes: number; waiting: number | null }> {
  const { rows } = await sql<{ bytes: number }>`
    select sum(data_length + index_length) as bytes from information_schema.tables
    where table_schema = database()`.execute(db)
  return { bytes: Number(rows[0]?.bytes ?? 0), waiting: null }
}

async function rowsOfTables({ db }: Port): Promise<{ table: string; rows: number }[]> {
  const counts = []
  for (const table of TABLES) {
    const { rows } = await db
      .selectFrom(table)
      .select((e) => e.fn.countAll().as('rows'))
      .executeTakeFirstOrThrow()
    counts.push({ table, rows: Number(rows) })
  }
  return counts
}

/** Images taken in by month, oldest first, by the server's calendar; from the month of the first one on. */
async function growth({ db }: Port): Promise<{ month: string; files: number; bytes: number }[]> {
  const now = new Date()
  const starts = Array.from({ length: MONTHS + 1 }, (_, i) =>
    new Date(now.getFullYear(), now.getMonth() - MONTHS + 1 + i, 1).getTime(),
  )
  const months = []
  for (let i = 0; i < MONTHS; i++) {
    const { files, bytes } = await db
      .selectFrom('fields')
      .select((e) => [e.fn.countAll().as('files'), e.fn.sum('bytes').as('bytes')])
      .where('created_at', '>=', starts[i]!)
      .where('created_at', '<', starts[i + 1]!)
      .executeTakeFirstOrThrow()
    const day = new Date(starts[i]!)
    const month = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`
    months.push({ month, files: Number(files), bytes: Number(bytes ?? 0) })
  }
  const first = months.findIndex(({ files }) => files > 0)
  return first < 0 ? [] : months.slice(first)
}
