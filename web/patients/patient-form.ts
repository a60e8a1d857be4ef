import { PATIENT_FIELDS, type PatientData, patientDataOf } from '../../cytology/index.ts'

/** A patient's fields as inputs hold them: a day that is not known is empty. */
export type PatientForm = { [F in keyof PatientData]: NonNullable<PatientData[F]> }

export const patientFormOf = (patient: Partial<PatientData>): PatientForm =>
  Object.fromEntries(
    Object.entries(patientDataOf(patient)).map(([field, value]) => [field, value ?? '']),
  ) as PatientForm

/** As the API takes it. */
export const patientOfForm = (form: PatientForm): PatientData =>
  Object.fromEntries(
    Object.entries(PATIENT_FIELDS).map(([field, { kind }]) => {
      const value = form[field as keyof PatientForm]
      return [field, kind === 'day' ? value || null : value]
    }),
  ) as PatientData
