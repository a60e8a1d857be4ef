import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { patientDataOf } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { refuseIfTaken } from './change-patient.ts'
import { addPatient } from './patient-of-case.ts'
import { patientAnswer, patientRow } from './patient-row.ts'
import type { Patient, PatientRecord } from './schemas.ts'

/** A patient without a case yet. Errors: PATIENT_EMPTY, HOSPITAL_NUMBER_TAKEN. */
export function createPatient(
  db: Kysely<Database>,
  said: Static<typeof Patient>,
): Promise<Static<typeof PatientRecord>> {
  const given = patientDataOf(said)
  if (!given.name.trim() && !given.hospitalNumber.trim()) {
    throw new HttpError(400, 'PATIENT_EMPTY', 'Give the patient a name or a hospital number.')
  }
  return db.transaction().execute(async (trx) => {
    await refuseIfTaken(trx, given.hospitalNumber)
    return patientAnswer(await patientRow(trx, await addPatient(trx, given)))
  })
}
