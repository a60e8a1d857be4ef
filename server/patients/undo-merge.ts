import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { PATIENT_FIELD_NAMES, patientDataOfRow } from '../../cytology/index.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { nameSound } from '../search/name-sound.ts'
import { saveCaseTerms, savePatientTerms } from '../search/save-terms.ts'
import { type Changes, noteChanges } from './change-patient.ts'
import { calledBy, columns, move } from './merge-patients.ts'
import { type PatientRow, patientAnswer, patientRow } from './patient-row.ts'
import type { MergeRecord, PatientRecord } from './schemas.ts'

/** The merges into a patient, the newest first. */
export async function mergesOf(db: Kysely<Database>, keptId: string): Promise<Static<typeof MergeRecord>[]> {
  await patientRow(db, keptId)
  const rows = await db
    .selectFrom('patient_merges')
    .innerJoin('patients', 'patients.id', 'patient_merges.merged_id')
    .leftJoin('users', 'users.id', 'patient_merges.user_id')
    .selectAll('patient_merges')
    .select(['patients.name', 'patients.hospital_number', 'users.name as user_name'])
    .where('kept_id', '=', keptId)
    .orderBy('patient_merges.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    keptId: row.kept_id,
    mergedId: row.merged_id,
    mergedName: row.name,
    mergedNumber: row.hospital_number,
    cases: JSON.parse(row.moved).length,
    at: Number(row.at),
    userName: row.user_name,
    undoneAt: row.undone_at === null ? null : Number(row.undone_at),
  }))
}

/**
 * Takes a merged patient out again: its cases go back to it, and what the kept one took over is as it was before.
 *
 * Errors: NOT_FOUND; MERGE_NOT_UNDOABLE with what has happened since.
 */
export function undoMerge(
  db: Kysely<Database>,
  mergeId: string,
  userId: string,
): Promise<Static<typeof PatientRecord>> {
  return db.transaction().execute(async (trx) => {
    // The write comes first: of two who undo it at once, the second finds it undone.
    const { numUpdatedRows } = await trx
      .updateTable('patient_merges')
      .set({ undone_by: userId, undone_at: Date.now() })
      .where('id', '=', mergeId)
      .where('undone_at', 'is', null)
      .executeTakeFirstOrThrow()
    const merge = await trx
      .selectFrom('patient_merges')
      .selectAll()
      .where('id', '=', mergeId)
      .executeTakeFirst()
    if (!merge) throw notFound('merge')
    if (Number(numUpdatedRows) === 0) throw refused('it was undone already')
    const { kept_id: keptId, merged_id: mergedId } = merge
    for (const id of [keptId, mergedId].sort()) {
      await trx
        .updateTable('patients')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
    }
    const [kept, merged] = [await patientRow(trx, keptId), await patientRow(trx, mergedId)]
    const moved: string[] = JSON.parse(merge.moved)
    const filled: Changes = JSON.parse(merge.filled)
    refuseIfOvertaken(kept, merged, filled)
    await refuseIfMovedOn(trx, moved, keptId)

    const before = columns(filled, 0)
    const name = before.name ?? kept.name
    await trx
      .updateTable('patients')
      .set({ ...before, ...nameSound(name) })
      .where('id', '=', keptId)
      .execute()
    await trx.updateTable('patients').set({ merged_into: null }).where('id', '=', mergedId).execute()
    await move(trx, moved, mergedId, merged.archived)
    const back = Object.fromEntries(
      Object.entries(filled).map(([field, [a, b]]) => [field, [b, a] as [typeof b, typeof a]]),
    )
    await noteChanges(trx, keptId, userId, 'unmerge', { merged: [calledBy(merged), null], ...back })
    await noteChanges(trx, mergedId, userId, 'unmerge', { mergedInto: [calledBy(kept), null] })
    await savePatientTerms(trx, keptId)
    await savePatientTerms(trx, mergedId)
    await saveCaseTerms(trx, moved, [keptId])
    return patientAnswer(await patientRow(trx, keptId))
  })
}

function refuseIfOvertaken(kept: PatientRow, merged: PatientRow, filled: Changes): void {
  if (kept.merged_into)
    throw refused('the kept patient was itself merged into another one; undo that merge first')
  if (merged.merged_into !== kept.id) throw refused('the duplicate belongs to another patient by now')
  const now = patientDataOfRow(kept)
  const edited = PATIENT_FIELD_NAMES.filter((field) => field in filled && now[field] !== filled[field]![1])
  if (edited.length > 0) {
    const fields = edited.join(', ')
    throw refused(
      `what was taken over from the duplicate (${fields}) was changed since; set it back, then undo`,
    )
  }
}

async function refuseIfMovedOn(trx: Transaction<Database>, moved: string[], keptId: string): Promise<void> {
  let there = 0
  for (const ids of inChunks(moved)) {
    const rows = await trx
      .selectFrom('cases')
      .select('id')
      .where('id', 'in', ids)
      .where('patient_id', '=', keptId)
      .execute()
    there += rows.length
  }
  if (there < moved.length) {
    throw refused('a case that moved was given to another patient since; give it back, then undo')
  }
}

const refused = (why: string) =>
  new HttpError(409, 'MERGE_NOT_UNDOABLE', `This merge cannot be undone: ${why}. Nothing was changed.`)
