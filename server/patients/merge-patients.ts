import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { isKnown, PATIENT_FIELD_NAMES, PATIENT_FIELDS, patientDataOfRow } from '../../cytology/index.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { nameSound } from '../search/name-sound.ts'
import { saveCaseTerms, savePatientTerms } from '../search/save-terms.ts'
import { type Changes, noteChanges, takeVersion } from './change-patient.ts'
import { numberColumns, type PatientRow, patientAnswer, patientRow } from './patient-row.ts'
import type { Merge, MergePreview, PatientRecord } from './schemas.ts'

type Db = Transaction<Database>

/** What a merge would do. Errors: NOT_FOUND, MERGE_SELF, PATIENT_MERGED. */
export async function previewMerge(
  db: Kysely<Database>,
  keptId: string,
  otherId: string,
): Promise<Static<typeof MergePreview>> {
  refuseSelf(keptId, otherId)
  const [kept, other] = [await patientRow(db, keptId), await patientRow(db, otherId)]
  for (const row of [kept, other]) {
    if (!row.merged_into) continue
    throw new HttpError(
      409,
      'PATIENT_MERGED',
      'One of the two was merged into another patient already. Choose that one.',
    )
  }
  const cases = await casesOf(db, otherId)
  return {
    kept: patientAnswer(kept),
    other: patientAnswer(other),
    cases: cases.map((row) => ({
      id: row.id,
      marrowNumber: row.marrow_number,
      receivedOn: row.received_on,
    })),
    fills: Object.fromEntries(
      Object.entries(fills(kept, other)).map(([field, [, after]]) => [field, String(after)]),
    ),
  }
}

/**
 * Puts a duplicate into the patient that is kept: its cases move, what the kept one lacks is taken over, and the
 * duplicate's row stays, so that it can be undone. Signed cases move too: what was signed says itself whose it was.
 *
 * Errors: NOT_FOUND, MERGE_SELF, CHANGED_MEANWHILE, PATIENT_MERGED.
 */
export function mergePatients(
  db: Kysely<Database>,
  keptId: string,
  userId: string,
  { version, otherId, otherVersion }: Static<typeof Merge>,
): Promise<Static<typeof PatientRecord>> {
  refuseSelf(keptId, otherId)
  const versions = new Map([
    [keptId, version],
    [otherId, otherVersion],
  ])
  return db.transaction().execute(async (trx) => {
    const rows = new Map<string, PatientRow>()
    // Always in the same order, so that two merges of the same pair do not wait for each other.
    for (const id of [keptId, otherId].sort()) {
      rows.set(id, await takeVersion(trx, id, versions.get(id)!))
    }
    const [kept, other] = [rows.get(keptId)!, rows.get(otherId)!]
    const moved = (await casesOf(trx, otherId)).map(({ id }) => id)
    const filled = fills(kept, other)
    const taken = columns(filled, 1)
    await trx
      .updateTable('patients')
      .set({ ...taken, ...nameSound(taken.name ?? kept.name), version: version + 1 })
      .where('id', '=', keptId)
      .execute()
    await trx
      .updateTable('patients')
      .set({ merged_into: keptId, version: otherVersion + 1 })
      .where('id', '=', otherId)
      .execute()
    await move(trx, moved, keptId, kept.archived)
    await trx
      .insertInto('patient_merges')
      .values({
        id: uuid(),
        kept_id: keptId,
        merged_id: otherId,
        user_id: userId,
        at: Date.now(),
        moved: JSON.stringify(moved),
        filled: JSON.stringify(filled),
        undone_by: null,
        undone_at: null,
      })
      .execute()
    await noteChanges(trx, keptId, userId, 'merge', { merged: [null, calledBy(other)], ...filled })
    await noteChanges(trx, otherId, userId, 'merge', { mergedInto: [null, calledBy(kept)] })
    await savePatientTerms(trx, otherId)
    await savePatientTerms(trx, keptId)
    await saveCaseTerms(trx, moved, [otherId])
    return patientAnswer(await patientRow(trx, keptId))
  })
}

function refuseSelf(keptId: string, otherId: string): void {
  if (keptId !== otherId) return
  throw new HttpError(422, 'MERGE_SELF', 'These are the same patient. Choose another one to merge.')
}

export const calledBy = (row: PatientRow): string => `${row.name} ${row.hospital_number}`.trim() || row.id

/** What the kept patient lacks and the other one has. */
function fills(kept: PatientRow, other: PatientRow): Changes {
  const [has, could] = [patientDataOfRow(kept), patientDataOfRow(other)]
  return Object.fromEntries(
    PATIENT_FIELD_NAMES.filter((field) => !isKnown(has[field]) && isKnown(could[field])).map((field) => [
      field,
      [has[field], could[field]],
    ]),
  )
}

/** The columns of the fields that changed, as they were (0) or became (1). */
export function columns(changes: Changes, side: 0 | 1): Partial<PatientRow> {
  const set = PATIENT_FIELD_NAMES.filter((field) => field in changes).map((field) => [
    PATIENT_FIELDS[field].column,
    changes[field]![side],
  ])
  const number = changes.hospitalNumber?.[side]
  return { ...Object.fromEntries(set), ...(typeof number === 'string' && numberColumns(number)) }
}

const casesOf = (db: Kysely<Database>, patientId: string) =>
  db
    .selectFrom('cases')
    .select(['id', 'marrow_number', 'received_on'])
    .where('patient_id', '=', patientId)
    .orderBy('received_on', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** A case that moves is archived as its new patient is; its version counts up, so that no stale page writes over it. */
export async function move(trx: Db, caseIds: readonly string[], to: string, archived: 0 | 1): Promise<void> {
  for (const ids of inChunks(caseIds)) {
    await trx
      .updateTable('cases')
      .set((eb) => ({ patient_id: to, archived, version: eb('version', '+', 1) }))
      .where('id', 'in', ids)
      .execute()
  }
}
