import { rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../accounts/sessions.ts'
import { record } from '../audit/record.ts'
import type { Database, ResearchExports } from '../database/schema.ts'
import { HttpError, keptOf, notFound } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { type CaseFilter, chosenCases } from '../statistics/filter.ts'
import { writeInThread } from './archive-thread.ts'
import { casesToExport } from './choose-cases.ts'
import type { ResearchExport } from './schemas.ts'

type Row = Selectable<ResearchExports>
/** ms after which a finished archive is thrown away. */
const KEPT = 7 * 86_400_000
/** Payload of a job of kind `research-export`. */
interface ExportJob {
  exportId: string
}

export const startExportWorker = (ports: Ports): void =>
  ports.queue.work('research-export', (payload, signal) =>
    work(ports, (payload as ExportJob).exportId, signal),
  )

/** Puts an export in the queue. Errors: NOTHING_TO_EXPORT; EXPORT_TOO_LARGE where the images would fill the disk. */
export async function beginExport(
  ports: Ports,
  user: SignedIn,
  filter: CaseFilter,
  images: boolean,
): Promise<Row> {
  const { db, queue, config } = ports
  await throwAwayOld(ports)
  const cases = await countCases(db, filter, user.id)
  if (cases === 0)
    throw new HttpError(422, 'NOTHING_TO_EXPORT', 'No case is in this set. Change the filters.')
  if (images) await mustFit(db, filter, user.id, config.dataFolder)
  const id = uuid()
  const row: Row = {
    id,
    created_by: user.id,
    status: 'queued',
    filter: JSON.stringify(filter),
    images: images ? 1 : 0,
    cases,
    done: 0,
    bytes: 0,
    storage_key: `exports/${id}.tar.gz`,
    job_id: null,
    error: null,
    created_at: Date.now(),
    finished_at: null,
  }
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('research_exports').values(row).execute()
    const after = { filter, images: row.images === 1, cases }
    await record(trx, { event: 'research.begin', userId: user.id, subjectId: id, after })
    row.job_id = await queue.add('research-export', { exportId: id } satisfies ExportJob, undefined, trx)
    await trx.updateTable('research_exports').set({ job_id: row.job_id }).where('id', '=', id).execute()
  })
  return row
}

/** An export of this person; of anyone for an administrator. Errors: NOT_FOUND. */
export async function findExport(db: Kysely<Database>, id: string, user: SignedIn): Promise<Row> {
  const row = await db.selectFrom('research_exports').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || (row.created_by !== user.id && user.role !== 'administrator')) throw notFound('export')
  return row
}

/** An archive may hold a case that this person was given to read blind since it was begun, or that another person took along. Errors: BLIND_READING. */
export async function refuseIfReadBlind(
  db: Kysely<Database>,
  { filter, created_by, created_at }: Row,
  userId: string,
): Promise<void> {
  const readings = db
    .selectFrom('second_readings')
    .select('case_id')
    .where('reader_id', '=', userId)
    .where('status', '=', 'open')
    // Of an own one that was begun later the worker has left the case out.
    .$if(created_by === userId, (query) => query.where('created_at', '>=', created_at))
  const held = await chosenCases(db, { filter: JSON.parse(filter), blind: [] })
    .select('case_id')
    .where('case_id', 'in', readings)
    .executeTakeFirst()
  if (held) throw blindToExport()
}

const blindToExport = () =>
  new HttpError(
    403,
    'BLIND_READING',
    'This archive may hold a case that you read as the second reader, blind. Finish your reading, then take it.',
  )

/** Stops an export that is not finished, or throws away a finished one. Errors: NOT_FOUND. */
export async function endExport({ db, queue, storage }: Ports, id: string, user: SignedIn): Promise<void> {
  const { job_id, storage_key } = await findExport(db, id, user)
  await db
    .updateTable('research_exports')
    .set({ status: 'cancelled', finished_at: Date.now() })
    .where('id', '=', id)
    .execute()
  if (job_id) await queue.cancel(job_id)
  await storage.remove(storage_key)
}

export const exportAnswer = (row: Row): Static<typeof ResearchExport> => ({
  id: row.id,
  status: row.status,
  filter: JSON.parse(row.filter),
  images: row.images === 1,
  cases: row.cases,
  done: row.done,
  bytes: Number(row.bytes),
  error: row.error,
  createdAt: Number(row.created_at),
  finishedAt: row.finished_at === null ? null : Number(row.finished_at),
})

async function countCases(db: Kysely<Database>, filter: CaseFilter, userId: string): Promise<number> {
  const chosen = await casesToExport(db, filter, userId)
  const { n } = await chosen.select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

async function mustFit(db: Kysely<Database>, filter: CaseFilter, userId: string, folder: string) {
  const chosen = await casesToExport(db, filter, userId)
  const { bytes } = await db
    .selectFrom('fields')
    .select((eb) => eb.fn.sum(eb('width', '*', eb.ref('height'))).as('bytes'))
    .where('case_id', 'in', chosen.select('case_id'))
    .executeTakeFirstOrThrow()
  const { bavail, bsize } = await statfs(folder)
  // A stained field as a PNG takes some two bytes a pixel, and lies there twice for a moment.
  if (Number(bytes ?? 0) * 4 < bavail * bsize) return
  throw new HttpError(
    422,
    'EXPORT_TOO_LARGE',
    'The images of this set do not fit on the server’s disk. Choose fewer cases, or leave the images out.',
  )
}

async function work(ports: Ports, id: string, signal: AbortSignal): Promise<void> {
  const { config, db, storage } = ports
  const row = await db.selectFrom('research_exports').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !['queued', 'running'].includes(row.status)) return
  const set = (change: Partial<Row>) =>
    db
      .updateTable('research_exports')
      .set(change)
      .where('id', '=', id)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
  const file = join(config.dataFolder, `${id}.export`)
  try {
    await set({ status: 'running', done: 0 })
    let told = 0
    const onCase = async (done: number, cases: number) => {
      if (Date.now() - told < 500) return
      told = Date.now()
      // Cancelled, which the signal of this job may tell only later.
      const { numUpdatedRows } = await set({ done, cases })
      if (Number(numUpdatedRows) === 0) throw new Cancelled()
    }
    const archive = { file, filter: JSON.parse(row.filter), userId: row.created_by, images: row.images === 1 }
    const cases = await writeInThread(ports, archive, { signal, onCase })
    const { size } = await stat(file)
    await storage.put(row.storage_key, file)
    const ended = { status: 'done', done: cases, cases, bytes: size, finished_at: Date.now() } as const
    if (Number((await set(ended)).numUpdatedRows) === 0) await storage.remove(row.storage_key)
  } catch (error) {
    if (error instanceof Cancelled) return
    // The server is closing, and the queue takes the job back.
    if (signal.aborted) throw error
    await set({ status: 'failed', error: keptOf(error), finished_at: Date.now() })
  } finally {
    await rm(file, { force: true })
  }
}

class Cancelled extends Error {}

/** Finished archives are kept for a week; looked for at every new export and every night. */
export async function throwAwayOld({ db, storage }: Pick<Ports, 'db' | 'storage'>): Promise<void> {
  const old = await db
    .selectFrom('research_exports')
    .select(['id', 'storage_key'])
    .where('finished_at', '<', Date.now() - KEPT)
    .execute()
  for (const { id, storage_key } of old) {
    await storage.remove(storage_key)
    await db.deleteFrom('research_exports').where('id', '=', id).execute()
  }
}
