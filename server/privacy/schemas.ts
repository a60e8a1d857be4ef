import { Type } from 'typebox'
import { Time, Version } from '../api/common.ts'

const Count = Type.Integer({ minimum: 0 })
const counts = {
  cases: Count,
  fields: Count,
  bytes: Type.Integer({ description: 'of the original images' }),
  cells: Count,
  reports: Type.Integer({ description: 'signed' }),
  readings: Type.Integer({ description: 'second readings' }),
  references: Type.Integer({ description: 'reference cells that were kept from the patient’s cells' }),
}
export const ErasurePreview = Type.Object({
  version: Version,
  confirm: Type.String({ description: 'what is to be typed: the hospital number, else the name' }),
  duplicates: Type.Integer({ description: 'patients that were merged into this one and go with it' }),
  ...counts,
})
export const Erase = Type.Object({
  version: Version,
  password: Type.String({ maxLength: 200 }),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  confirm: Type.String({ maxLength: 190 }),
  /** That signed reports go, which the law may demand to keep. */
  acceptSigned: Type.Optional(Type.Boolean()),
})
export const Erased = Type.Object({ at: Time, ...counts })

const Years = Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()], {
  description: 'null: keep for ever',
})
const rules = { imagesYears: Years, patientsYears: Years }
export const Rules = Type.Object({ ...rules, version: Type.Integer({ minimum: 0 }) })
export const RulesQuery = Type.Object({
  imagesYears: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  patientsYears: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
})
export const RetentionPreview = Type.Object({
  images: Type.Object({ cases: Count, fields: Count, bytes: Count }),
  patients: Type.Object({
    patients: Count,
    cases: Count,
    kept: Type.Integer({ description: 'old enough, but with a case that is not signed' }),
  }),
})
const RetentionRun = Type.Object({
  status: Type.Enum(['running', 'done', 'failed', 'asking']),
  ...rules,
  cases: Type.Integer({ description: 'whose images were removed' }),
  patients: Type.Integer({ description: 'who were erased' }),
  error: Type.Union([Type.String(), Type.Null()]),
  due: Type.Union([Type.Object({ cases: Count, patients: Count }), Type.Null()], {
    description: 'of one that asks: what would go; null where it asks because the clock is in doubt',
  }),
  startedAt: Time,
  finishedAt: Type.Union([Time, Type.Null()]),
})
export const Retention = Type.Object({
  rules: Rules,
  nextAt: Type.Union([Time, Type.Null()]),
  runs: Type.Array(RetentionRun, { description: 'the newest first' }),
})
/** What the rules would take if they were carried out now; the lists end after 500. */
export const RetentionDue = Type.Object({
  at: Time,
  version: Type.Integer({ description: 'of the rules' }),
  cases: Type.Integer({ description: 'whose images would go' }),
  patients: Type.Integer({ description: 'who would be erased' }),
  patientList: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      hospitalNumber: Type.String(),
      lastCaseOn: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  caseList: Type.Array(
    Type.Object({ id: Type.String(), marrowNumber: Type.String(), receivedOn: Type.String() }),
  ),
})
export const ConfirmRetention = Type.Object({
  password: Type.String({ maxLength: 200 }),
  ...{ at: Time, version: Type.Integer({ minimum: 0 }), cases: Count, patients: Count },
})
