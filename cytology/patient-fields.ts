/**
 * What is known of a patient, in the order of the forms. Forms, answers, the history, merges, import and export are made from
 * this list; docs/architecture.md says what else a new field touches.
 */

interface PatientFieldInfo {
  /** Of the table `patients`. */
  column: string
  /** `number` is compared as `numberKey` has it; `day` is yyyy-mm-dd. */
  kind: keyof Values
  /** Two who differ in it are two people. */
  lasting: boolean
  /** It tells who the patient is: not shown to who may not know it. */
  identifies: boolean
  /** What columns of files are called, without spaces, signs and case. */
  headings: readonly string[]
}
interface Values {
  text: string
  number: string
  sex: 'female' | 'male' | 'unknown'
  day: string | null
}
/** What stands there while nothing is known. */
const NOTHING: Values = { text: '', number: '', sex: 'unknown', day: null }

export const PATIENT_FIELDS = {
  name: {
    column: 'name',
    kind: 'text',
    lasting: false,
    identifies: true,
    headings: ['姓名', '患者姓名', '病人姓名', '患者', '名字', 'name', 'patient', 'patientname', 'fullname'],
  },
  sex: { column: 'sex', kind: 'sex', lasting: true, identifies: false, headings: ['性别', 'sex', 'gender'] },
  birthDate: {
    column: 'birth_date',
    kind: 'day',
    lasting: true,
    identifies: true,
    headings: [
      ...['出生日期', '出生年月日', '出生年月', '生日'],
      ...['birthdate', 'dateofbirth', 'birthday', 'born', 'dob'],
    ],
  },
  hospitalNumber: {
    column: 'hospital_number',
    kind: 'number',
    lasting: false,
    identifies: true,
    headings: [
      ...[
        '住院号',
        '病案号',
        '病历号',
        '门诊号',
        '登记号',
        '患者编号',
        '病人号',
        'hospitalnumber',
        'hospitalno',
      ],
      ...['patientid', 'patientnumber', 'mrn', 'medicalrecordnumber', 'id'],
    ],
  },
} as const satisfies Record<string, PatientFieldInfo>

type Info = typeof PATIENT_FIELDS
export type PatientField = keyof Info
export type PatientColumn = Info[PatientField]['column']
/** What is known of one patient. */
export type PatientData = { [F in PatientField]: Values[Info[F]['kind']] }

export const PATIENT_FIELD_NAMES = Object.keys(PATIENT_FIELDS) as readonly PatientField[]

const eachField = (value: (field: PatientField) => unknown) =>
  Object.fromEntries(PATIENT_FIELD_NAMES.map((field) => [field, value(field)])) as PatientData

/** Of whom nothing is known. */
export const EMPTY_PATIENT: PatientData = eachField((field) => NOTHING[PATIENT_FIELDS[field].kind])

/** The fields alone, of what holds more; what is missing is not known. */
export const patientDataOf = (of: Partial<PatientData>): PatientData =>
  eachField((field) => of[field] ?? EMPTY_PATIENT[field])

/** The fields of a row of the database, or of what was kept of one, which may be older than a field. */
export const patientDataOfRow = (row: Partial<Record<PatientColumn, string | null>>): PatientData =>
  eachField((field) => row[PATIENT_FIELDS[field].column] ?? EMPTY_PATIENT[field])

/** Whether a value of a field says anything. */
export const isKnown = (value: string | null | undefined): boolean =>
  value !== null && value !== undefined && value !== '' && value !== NOTHING.sex
