import type { Kysely, Transaction } from 'kysely'
import { record } from '../audit/record.ts'
import { holdCases } from '../case-lock/cases.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { takeVersion } from '../patients/change-patient.ts'
import type { Ports } from '../ports.ts'
import { keptPicturesKey } from '../printing/pictures.ts'
import { listFiles, removeListedFiles } from './files-to-remove.ts'
import { forgetMerges } from './forget-merges.ts'
import {
  casesOfPatients,
  countData,
  type DataCounts,
  TABLES_OF_CASE,
  withDuplicates,
} from './patients-data.ts'

type Trx = Transaction<Database>

export interface Erasure {
  id: string
  /** Of the patient as it was seen. */
  version: number
  /** Null: the rule of retention. */
  userId: string | null
  reason: string
  /** Looks at what would go, in the transaction, and throws where it may not. */
  check?: (counts: DataCounts) => void
  /** Done in the same transaction, before anything goes; throws where the patient may not go any more. */
  also?: (trx: Trx) => Promise<unknown>
}

/**
 * Erases a patient with all duplicates, cases, images and reports. What stays is the row of `erased_patients` and the audit.
 * The files are removed after the commit; where that fails, at night and at the next start.
 *
 * Errors: NOT_FOUND, PATIENT_ERASED, CHANGED_MEANWHILE, PATIENT_MERGED, and those of `check`.
 */
export async function erasePatient(ports: Ports, erasure: Erasure): Promise<DataCounts> {
  const { db, queue, events } = ports
  const done = await db.transaction().execute((trx) => erase(trx, erasure))
  // An analysis in work stops by itself when it next looks; here at once.
  for (const id of done.jobIds) await queue.cancel(id)
  for (const id of done.caseIds) events.emit(id, { kind: 'case' })
  await removeListedFiles(ports).catch((error: Error) =>
    console.error(
      `What an erased patient left is still there; the next night and the next start try again. ${error.message}`,
    ),
  )
  return done.counts
}

async function erase(trx: Trx, { id, version, userId, reason, check, also }: Erasure) {
  await takeVersion(trx, id, version)
  const patientIds = await withDuplicates(trx, id)
  const caseIds = await casesOfPatients(trx, patientIds)
  await holdCases(trx, caseIds)
  const counts = await countData(trx, caseIds)
  check?.(counts)
  await also?.(trx)
  const jobIds = await jobsOf(trx, caseIds)
  // The journal holds the patient too, whether there were files or not.
  await listFiles(trx, [...(await filesOf(trx, caseIds)), { kind: 'journal', name: '' }])
  for (const ids of inChunks(caseIds)) await deleteCases(trx, ids)
  for (const ids of inChunks(jobIds)) await trx.deleteFrom('jobs').where('id', 'in', ids).execute()
  await forgetMerges(trx, patientIds)
  for (const table of ['search_terms', 'patient_changes'] as const) {
    await trx.deleteFrom(table).where('patient_id', 'in', patientIds).execute()
  }
  await trx.deleteFrom('patients').where('id', 'in', patientIds).execute()
  const left = { erased_at: Date.now(), erased_by: userId, reason }
  const rows = patientIds.map((patientId) => ({ id: patientId, ...left }))
  await trx.insertInto('erased_patients').values(rows).execute()
  const after = { reason, patients: patientIds.length, ...counts }
  await record(trx, { event: 'patient.erase', patientId: id, subjectId: id, userId, after })
  return { counts, caseIds, jobIds }
}

async function deleteCases(trx: Trx, ids: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('second_reading_cells')
    .where('reading_id', 'in', (eb) =>
      eb.selectFrom('second_readings').select('id').where('case_id', 'in', ids),
    )
    .execute()
  for (const table of TABLES_OF_CASE) await trx.deleteFrom(table).where('case_id', 'in', ids).execute()
  await trx.deleteFrom('cases').where('id', 'in', ids).execute()
}

/** Jobs whose payload names an analysis of the cases. */
async function jobsOf(trx: Kysely<Database>, caseIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const ids of inChunks(caseIds)) {
    const rows = await trx
      .selectFrom('jobs')
      .innerJoin('analyses', (join) =>
        join.on((eb) =>
          eb('payload', 'like', eb.fn<string>('concat', [eb.val('%'), 'analyses.id', eb.val('%')])),
        ),
      )
      .select('jobs.id')
      .where('kind', '=', 'analysis')
      .where('case_id', 'in', ids)
      .execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

async function filesOf(trx: Kysely<Database>, caseIds: readonly string[]) {
  const files: Parameters<typeof listFiles>[1][number][] = []
  for (const ids of inChunks(caseIds)) {
    for (const table of ['fields', 'reference_cells'] as const) {
      const rows = await trx
        .selectFrom(table)
        .select(['id', 'storage_key'])
        .where('case_id', 'in', ids)
        .execute()
      for (const { id, storage_key } of rows) {
        files.push({ kind: 'stored', name: storage_key })
        if (table === 'fields') files.push({ kind: 'renditions', name: id })
      }
    }
    for (const id of ids) {
      files.push({ kind: 'stored', name: keptPicturesKey(id) }, { kind: 'uploads', name: id })
    }
  }
  return files
}
