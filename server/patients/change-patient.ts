import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { numberKey, PATIENT_FIELD_NAMES, PATIENT_FIELDS } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import type { Database, PatientChanges } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { savePatientTerms } from '../search/save-terms.ts'
import { columnsOf, type PatientRow, patientAnswer, patientRow } from './patient-row.ts'
import type { Patient, PatientPatch, PatientRecord } from './schemas.ts'

type Db = Transaction<Database>
type Answer = Static<typeof PatientRecord>
/** {field: [before, after]} */
export type Changes = Record<string, [string | boolean | null, string | boolean | null]>

/** Changes what was given. Errors: NOT_FOUND, CHANGED_MEANWHILE with the patient as it is, PATIENT_MERGED, HOSPITAL_NUMBER_TAKEN. */
export function changePatient(
  db: Kysely<Database>,
  id: string,
  userId: string,
  { version, ...given }: Static<typeof PatientPatch>,
): Promise<Answer> {
  return db.transaction().execute(async (trx) => {
    const row = await takeVersion(trx, id, version)
    const number = given.hospitalNumber
    // Where a site held a number twice, each of the two may still be corrected in all else.
    if (number !== undefined && numberKey(number) !== row.hospital_number_key) {
      await refuseIfTaken(trx, number, id)
    }
    await writePatient(trx, id, userId, 'edit', given)
    return patientAnswer(await patientRow(trx, id))
  })
}

/** Hides a patient and its cases from the lists, or shows them again. Errors: NOT_FOUND, CHANGED_MEANWHILE, PATIENT_MERGED. */
export function archivePatient(
  db: Kysely<Database>,
  id: string,
  userId: string,
  version: number,
  archived: boolean,
): Promise<Answer> {
  return db.transaction().execute(async (trx) => {
    const row = await takeVersion(trx, id, version)
    if ((row.archived === 1) !== archived) await setArchived(trx, id, userId, version, archived)
    return patientAnswer(await patientRow(trx, id))
  })
}

export async function setArchived(
  trx: Db,
  id: string,
  userId: string,
  version: number,
  archived: boolean,
): Promise<void> {
  const flag = archived ? 1 : 0
  await trx
    .updateTable('patients')
    .set({ archived: flag, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await trx.updateTable('cases').set({ archived: flag }).where('patient_id', '=', id).execute()
  await noteChanges(trx, id, userId, archived ? 'archive' : 'unarchive', { archived: [!archived, archived] })
}

/** Takes the row's lock, by a write that changes nothing, and refuses whoever saw an older version. */
export async function takeVersion(trx: Db, id: string, version: number): Promise<PatientRow> {
  const { numUpdatedRows } = await trx
    .updateTable('patients')
    .set({ version })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  const row = await patientRow(trx, id)
  if (Number(numUpdatedRows) === 0) throw conflict('patient', patientAnswer(row))
  if (row.merged_into) {
    throw new HttpError(
      409,
      'PATIENT_MERGED',
      'This patient was merged into another one. Open that one, or undo the merge there first.',
      patientAnswer(row),
    )
  }
  return row
}

/** Writes what was given where it differs, with its history and what finds the patient. */
export async function writePatient(
  trx: Db,
  id: string,
  userId: string,
  kind: PatientChanges['kind'],
  given: Static<typeof Patient>,
): Promise<void> {
  const before = await patientRow(trx, id)
  const after = columnsOf({ ...patientAnswer(before), ...given })
  const changes: Changes = {}
  for (const field of PATIENT_FIELD_NAMES) {
    const { column } = PATIENT_FIELDS[field]
    if (before[column] !== after[column]) changes[field] = [before[column], after[column]]
  }
  if (Object.keys(changes).length === 0) return
  await trx
    .updateTable('patients')
    .set((eb) => ({ ...after, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await noteChanges(trx, id, userId, kind, changes)
  await savePatientTerms(trx, id)
}

const EVENTS: Record<PatientChanges['kind'], string> = {
  edit: 'patient.change',
  archive: 'patient.archive',
  unarchive: 'patient.unarchive',
  merge: 'patient.merge',
  unmerge: 'patient.merge-undo',
  import: 'import.write',
}

/** Into the patient's own history, and into the audit. */
export async function noteChanges(
  trx: Db,
  patientId: string,
  userId: string,
  kind: PatientChanges['kind'],
  changes: Changes,
): Promise<void> {
  await trx
    .insertInto('patient_changes')
    .values({
      id: uuid(),
      patient_id: patientId,
      user_id: userId,
      at: Date.now(),
      kind,
      changes: JSON.stringify(changes),
    })
    .execute()
  const side = (i: 0 | 1) =>
    Object.fromEntries(Object.entries(changes).map(([field, both]) => [field, both[i]]))
  const event = EVENTS[kind]
  await record(trx, { event, patientId, subjectId: patientId, userId, before: side(0), after: side(1) })
}

/** Errors: HOSPITAL_NUMBER_TAKEN, whose details are {id} of the patient who has it. */
export async function refuseIfTaken(trx: Db, hospitalNumber: string, exceptId?: string): Promise<void> {
  const key = numberKey(hospitalNumber)
  if (!key) return
  const others = await trx
    .selectFrom('patients')
    .select(['id', 'name', 'merged_into'])
    .where('hospital_number_key', '=', key)
    .limit(5)
    .execute()
  const other = others.find(
    ({ id, merged_into }) => id !== exceptId && (!exceptId || merged_into !== exceptId),
  )
  if (!other) return
  throw new HttpError(
    409,
    'HOSPITAL_NUMBER_TAKEN',
    `Another patient (${other.name || 'without a name'}) has the hospital number ${hospitalNumber.trim()}. Open that one, or merge the two.`,
    { id: other.merged_into ?? other.id },
  )
}
