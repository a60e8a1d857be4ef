import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { clockDoubt } from '../clock/clock-doubt.ts'
import type { Database } from '../database/schema.ts'
import { patientRow } from '../patients/patient-row.ts'
import type { Ports } from '../ports.ts'
import { nextNight, planNight } from '../queue/nightly.ts'
import { throwAwayOld } from '../research/exports.ts'
import { erasePatient } from './erase-patient.ts'
import { removeListedFiles } from './files-to-remove.ts'
import { removeImages } from './remove-images.ts'
import { type Confirmed, mustAsk } from './retention-asks.ts'
import { casesWithOldImages, oldPatients, retentionRules } from './retention-rules.ts'

/** The kind of its jobs. */
export const KIND = 'retention'
/** Hour of the server's day at which it works, when hardly anybody reads. */
const HOUR = 3
/** Cases or patients whose ids are read at a time. */
const BATCH = 200

/** Payload of a job of kind `retention`: the row of `retention_runs` that it goes on with, and what a person said to. */
interface RetentionJob {
  runId: string
  confirmed?: Confirmed
}

/** Carries out the rules every night, and finishes what an erasure before a crash has left. */
export async function startRetentionWorker(ports: Ports, failed: (error: unknown) => void): Promise<void> {
  // First, so that a night which a wrong clock has put far away is not taken for one that is due.
  await scheduleRetention(ports).catch(failed)
  ports.queue.work(KIND, (payload, signal) => work(ports, payload as RetentionJob, signal))
  await removeListedFiles(ports).catch(failed)
}

/** One run is always waiting, for the next night at the latest. */
export const scheduleRetention = (ports: Pick<Ports, 'db' | 'queue'>): Promise<void> =>
  planNight(ports, KIND, HOUR, (): RetentionJob => ({ runId: uuid() }))

/** What a person has confirmed is done at once. */
export const queueConfirmed = (
  { queue }: Pick<Ports, 'queue'>,
  confirmed: Confirmed,
  within: Kysely<Database>,
): Promise<string> => queue.add(KIND, { runId: uuid(), confirmed } satisfies RetentionJob, undefined, within)

/** When the next run begins, ms; null where none waits. */
export const nextRun = (db: Kysely<Database>): Promise<number | null> => nextNight(db, KIND)

async function work(ports: Ports, { runId, confirmed }: RetentionJob, signal: AbortSignal): Promise<void> {
  // First of all, so that a run that fails ends no nights to come.
  await scheduleRetention(ports)
  await carryOut(ports, runId, signal, confirmed)
}

/**
 * Each case and each patient is a step of its own, so that a run that is begun again goes on where it stopped. What could not
 * be done is told in its row of `retention_runs` and stops nothing else; a night without rules has no row, and throws it.
 *
 * Where the clock is in doubt, or more than a small share would go and nobody has confirmed it, nothing goes: the row asks.
 */
export async function carryOut(
  ports: Ports,
  runId: string,
  signal: AbortSignal,
  confirmed?: Confirmed,
): Promise<void> {
  const { db } = ports
  const rules = await retentionRules(db)
  const { imagesYears, patientsYears } = rules
  const problems: string[] = []
  const doubtful = (await clockDoubt(db)) !== null
  if (imagesYears === null && patientsYears === null) {
    await tidy(ports, problems, doubtful)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return
  }
  await beginRun(db, runId, imagesYears, patientsYears)
  // Of a confirmed run the moment for which a person saw what is due: nothing has become due since.
  const now = confirmed?.at ?? Date.now()
  const asks = doubtful ? { cases: null, patients: null } : await mustAsk(db, rules, now, confirmed)
  if (asks) {
    await tidy(ports, problems, doubtful)
    const { cases: due_cases, patients: due_patients } = asks
    const asking = { status: 'asking', due_cases, due_patients, finished_at: Date.now() } as const
    await db.updateTable('retention_runs').set(asking).where('id', '=', runId).execute()
    return
  }
  const step = async (what: string, action: () => Promise<unknown>) => {
    signal.throwIfAborted()
    await action().catch((error: Error) => problems.push(`${what}: ${error.message}`))
  }
  // Patients first: whose data are erased needs no pictures of reports kept.
  if (patientsYears !== null) {
    const reason = `retention rule: ${patientsYears} years after the last case`
    const due = (after: string) =>
      oldPatients(db, patientsYears, now)
        .select('patients.id')
        .where('patients.id', '>', after)
        .orderBy('patients.id')
        .limit(BATCH)
        .execute()
    for await (const id of walk(due)) {
      await step(`patient ${id}`, async () => {
        const { version } = await patientRow(db, id)
        const also = async (trx: Transaction<Database>) => {
          const still = await oldPatients(trx, patientsYears, now)
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
      casesWithOldImages(db, imagesYears, now)
        .select('cases.id')
        .where('cases.id', '>', after)
        .orderBy('cases.id')
        .limit(BATCH)
        .execute()
    for await (const id of walk(due)) {
      await step(`case ${id}`, () =>
        removeImages(ports, { caseId: id, years: imagesYears, now }, (trx) => count(trx, runId, 'cases')),
      )
    }
  }
  await tidy(ports, problems, false)
  const error = problems.length === 0 ? null : problems.slice(0, 20).join('\n')
  const ended = { status: error ? 'failed' : 'done', error, finished_at: Date.now() } as const
  await db.updateTable('retention_runs').set(ended).where('id', '=', runId).execute()
}

/** What is done every night, whatever the rules; nothing goes by its age while the clock is in doubt. */
async function tidy(ports: Ports, problems: string[], doubtful: boolean): Promise<void> {
  for (const action of doubtful ? [removeListedFiles] : [removeListedFiles, throwAwayOld])
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
  // Only the newest asks.
  await db.deleteFrom('retention_runs').where('status', '=', 'asking').execute()
  const begun = { status: 'running', cases: 0, patients: 0, error: null, finished_at: null } as const
  const due = { due_cases: null, due_patients: null }
  await db
    .insertInto('retention_runs')
    .values({ id, images_years, patients_years, ...begun, ...due, started_at: Date.now() })
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
