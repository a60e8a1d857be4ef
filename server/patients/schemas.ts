import { Type } from 'typebox'
import { PATIENT_FIELD_NAMES, PATIENT_FIELDS, type PatientField } from '../../cytology/index.ts'
import { Id, identity, nullable, Time, Version } from '../api/common.ts'

const Text = Type.String({ maxLength: 190 })
const DAY = '^\\d{4}-\\d{2}-\\d{2}$'
export const Day = Type.String({ pattern: DAY })

const OF_KIND = {
  text: Text,
  number: Text,
  sex: Type.Union([Type.Literal('female'), Type.Literal('male'), Type.Literal('unknown')]),
  day: nullable(Day),
}
type Kinds = typeof OF_KIND
/** The same, of what tells who the patient is. */
const IDENTIFYING: Kinds = {
  text: Type.String({ maxLength: 190, ...identity('text') }),
  number: Type.String({ maxLength: 190, ...identity('text') }),
  sex: OF_KIND.sex,
  day: nullable(Type.String({ pattern: DAY, ...identity('day') })),
}
const fields = Object.fromEntries(
  PATIENT_FIELD_NAMES.map((field) => {
    const { kind, identifies } = PATIENT_FIELDS[field]
    return [field, (identifies ? IDENTIFYING : OF_KIND)[kind]]
  }),
) as { [F in PatientField]: Kinds[(typeof PATIENT_FIELDS)[F]['kind']] }
/** What is known of a patient. */
const PatientKnown = Type.Object(fields)
/** As it is shown: the age stands instead of the date of birth where that is not shown. */
const ageYears = Type.Optional(
  Type.Integer({ description: 'completed years today, instead of a date of birth that is not shown' }),
)
export const PatientShown = Type.Object({ ...fields, ageYears })
/** What a person says of a patient; what is left out is not known. */
export const Patient = Type.Partial(PatientKnown)
export const PatientRecord = Type.Object({
  id: Id,
  ...fields,
  ageYears,
  pinyin: Type.String({ description: 'how the name sounds, without tones, joined', ...identity('text') }),
  initials: Type.String(identity('text')),
  archived: Type.Boolean(),
  mergedInto: nullable(Id),
  version: Version,
  createdAt: Time,
})
export const PatientPatch = Type.Object({
  version: Version,
  ...Patient.properties,
})
/** Others who have the same hospital number, who stood there before numbers were compared as they are read. */
export const SameNumber = Type.Array(Type.Object({ id: Id, name: Type.String(identity('text')) }))

export const WithVersion = Type.Object({ version: Version })
export const PatientQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 100 })),
  archived: Type.Optional(Type.Boolean({ default: false })),
  after: Type.Optional(Type.String({ maxLength: 100, description: '`next` of the page before' })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
const PatientSummary = Type.Object({
  ...PatientRecord.properties,
  cases: Type.Integer(),
  lastReceivedOn: nullable(Day),
})
/** What every list that is read page by page says of itself. */
export const paged = {
  total: Type.Integer({ description: 'how many there are in all; where `more`, at least so many' }),
  more: Type.Boolean({ description: 'there are more than `total`' }),
  next: nullable(Type.String({ description: 'gives the next page as `after`; null: this is the last' })),
}
export const PatientList = Type.Object({ items: Type.Array(PatientSummary), ...paged })

const Side = Type.Union([Type.String(), Type.Boolean(), Type.Null()])
export const PatientHistory = Type.Array(
  Type.Object({
    id: Id,
    at: Time,
    userName: nullable(Type.String()),
    kind: Type.Enum(['edit', 'archive', 'unarchive', 'merge', 'unmerge', 'import']),
    changes: Type.Record(Type.String(), Type.Array(Side, { minItems: 2, maxItems: 2 }), identity('changes')),
  }),
)

export const Merge = Type.Object({ version: Version, otherId: Id, otherVersion: Version })
const Moving = Type.Object({
  id: Id,
  marrowNumber: Type.String(identity('marrow-number')),
  receivedOn: Type.String(),
})
export const MergePreview = Type.Object({
  kept: PatientRecord,
  other: PatientRecord,
  cases: Type.Array(Moving),
  fills: Type.Record(Type.String(), Type.String(identity('text')), {
    description: 'what the kept patient takes over, because it lacks it',
  }),
})
export const MergeRecord = Type.Object({
  id: Id,
  keptId: Id,
  mergedId: Id,
  mergedName: Type.String(identity('text')),
  mergedNumber: Type.String(identity('text')),
  cases: Type.Integer(),
  at: Time,
  userName: nullable(Type.String()),
  undoneAt: nullable(Time),
})
