import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { patientRow } from '../patients/patient-row.ts'
import type { Ports } from '../ports.ts'
import { throwAwayOld } from '../research/exports.ts'
import { erasePatient } from './erase-patient.ts'
import { removeListedFiles } from './files-to-remove.ts'
import { removeImages } from './remove-images.ts'
import { casesWithOldImages, oldPatients, retentionRules } from './retention-rules.ts'

/** The kind of its jobs. */
export const KIND = 'retention'
/** Hour of the server's day at which it works, when hardly anybody reads. */
const HOUR = 3
/** Cases or patients whose ids are read at a time. */
const BATCH = 200

/** Payload of a job of kind `retention`: the row of `retention_runs` that it goes on with. */
interface RetentionJob {
  runId: string
}

/** Carries out the rules every night, and finishes what an erasure before a crash has left. */
export async function startRetentionWorker(ports: Ports, failed: (error: unknown) => void): Promise<void> {
  ports.queue.work(KIND, (payload, signal) => work(ports, (payload as RetentionJob).runId, signal))
  await scheduleRetention(ports).catch(failed)
  await removeListedFiles(ports).catch(failed)
}

/** One run is always waiting. */
export async function scheduleRetention({ db, queue }: Pick<Ports, 'db' | 'queue'>): Promise<void> {
  if ((await nextRun(db)) !== null) return
  const at = new Date()
  at.setHours(HOUR, 0, 0, 0)
  if (at.getTime() <= Date.now()) at.setDate(at.getDate() + 1)
  await queue.add(KIND, { runId: uuid() } satisfies RetentionJob, at.getTime())
}

/** When the next run begins, ms; null where none waits. */
export async function nextRun(db: Kysely<Database>): Promise<number | null> {
  const row = await db
    .selectFrom('jobs')
    .select('run_at')
    .where('kind', '=', KIND)
    .where('status', '=', 'waiting')
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row ? Number(row.run_at) : null
}

async function work(ports: Ports, runId: string, signal: AbortSignal): Promise<void> {
  // First of all, so that a run that fails ends no nights to come.
  await scheduleRetention(ports)
  await carryOut(ports, runId, signal)
}

/**
 * Each case and each patient is a step of its own, so that a run that is begun again goes on where it stopped. What could not
 * be done is told in its row of `retention_runs` and stops nothing else; a night without rules has no row, and throws it.
 */
export async function carryOut(ports: Ports, runId: string, signal: AbortSignal): Promise<void> {
  const { db } = ports
  const { imagesYears, patientsYears } = await retentionRules(db)
  const problems: string[] = []
  if (imagesYears === null && patientsYears === null) {
    await tidy(ports, problems)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return
  }
  await beginRun(db, runId, imagesYears, patientsYears)
  const step = async (what: string, action: () => Promise<unknown>) => {
    signal.throwIfAborted()
    await action().catch((error: Error) => problems.push(`${what}: ${error.message}`))
  }
  // Patients first: whose data are erased needs no pictures of reports kept.
  if (patientsYears !== null) {
    const reason = `retention rule: ${patientsYears} years after the last case`
    const due = (after: string) =>
      oldPatients(db, patientsYears, Date.now())
        .select('patients.id')
        .where('patients.id', '>', after)
        .orderBy('patients.id')
        .limit(BATCH)
        .execute()
    for await (const id of walk(due)) {
      await step(`patient ${id}`, async () => {
        const { version } = await patientRow(db, id)
        const also = async (trx: Transaction<Database>) => {
          const still = await oldPatients(trx, patientsYears, Date.now())
            .select('patients.id')
            .where('patients.id', '=', id)
            .executeTakeFirst()
          if (!still) throw new Error('the patient came back meanwhile')
          await count(trx, runId, 'patients')
        }
        await erasePatient(ports, { id, version, userId: null, reason, also })
      })
    }
  }
  if (imagesYears !== null) {
    const due = (after: string) =>
      casesWithOldImages(db, imagesYears, Date.now())
        .select('cases.id')
        .where('cases.id', '>', after)
        .orderBy('cases.id')
        .limit(BATCH)
        .execute()
    for await (const id of walk(due)) {
      await step(`case ${id}`, () =>
        removeImages(ports, id, imagesYears, (trx) => count(trx, runId, 'cases')),
      )
    }
  }
  await tidy(ports, problems)
  const error = problems.length === 0 ? null : problems.slice(0, 20).join('\n')
  const ended = { status: error ? 'failed' : 'done', error, finished_at: Date.now() } as const
  await db.updateTable('retention_runs').set(ended).where('id', '=', runId).execute()
}

/** What is done every night, whatever the rules. */
async function tidy(ports: Ports, problems: string[]): Promise<void> {
  for (const action of [removeListedFiles, throwAwayOld])
    await action(ports).catch((error: Error) => problems.push(error.message))
}

async function beginRun(
  db: Kysely<Database>,
  id: string,
  images_years: number | null,
  patients_years: number | null,
): Promise<void> {
  const there = await db.selectFrom('retention_runs').select('id').where('id', '=', id).executeTakeFirst()
  if (there) return
  const begun = { status: 'running', cases: 0, patients: 0, error: null, finished_at: null } as const
  await db
    .insertInto('retention_runs')
    .values({ id, images_years, patients_years, ...begun, started_at: Date.now() })
    .execute()
}

const count = (trx: Kysely<Database>, runId: string, what: 'cases' | 'patients') =>
  trx
    .updateTable('retention_runs')
    .set({ [what]: sql<number>`${sql.ref(what)} + 1` })
    .where('id', '=', runId)
    .execute()

/** The ids in their order, some at a time: what could not be done is passed by and not met again in this run. */
async function* walk(due: (after: string) => Promise<{ id: string }[]>): AsyncGenerator<string> {
  for (let last = ''; ; ) {
    const rows = await due(last)
    for (const { id } of rows) yield id
    if (rows.length < BATCH) return
    last = rows.at(-1)!.id
  }
}
