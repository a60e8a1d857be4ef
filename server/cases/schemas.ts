import { Type } from 'typebox'
import { COUNTING_RULES, ME_RULES } from '../../cytology/index.ts'
import { Id, nullable, Time, Version } from '../api/common.ts'
import { CASE_STATUSES } from '../database/schema.ts'
import { ReadingOfCase } from '../readings/schemas.ts'

const Text = Type.String({ maxLength: 190 })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const Status = Type.Enum([...CASE_STATUSES])

export const Patient = Type.Object({
  hospitalNumber: Text,
  name: Text,
  sex: Type.Union([Type.Literal('female'), Type.Literal('male'), Type.Literal('unknown')]),
  birthDate: nullable(Day),
})
const editable = {
  site: Text,
  stain: Text,
  clinicalNote: Type.String({ maxLength: 10_000 }),
  receivedOn: Day,
  target: Type.Integer({ minimum: 1, maximum: 5000 }),
  countingRule: Type.Enum(COUNTING_RULES.map((rule) => rule.id)),
  meRule: Type.Enum(ME_RULES.map((rule) => rule.id)),
}
export const NewCase = Type.Object({
  marrowNumber: Type.String({ minLength: 1, maxLength: 190 }),
  patient: Patient,
  readerId: Type.Optional(nullable(Id)),
  ...Type.Partial(Type.Object(editable)).properties,
})
export const CasePatch = Type.Object({
  version: Version,
  readerId: Type.Optional(nullable(Id)),
  patient: Type.Optional(Patient),
  ...Type.Partial(Type.Object(editable)).properties,
})
export const Case = Type.Object({
  id: Id,
  marrowNumber: Text,
  patient: Patient,
  ...editable,
  status: Status,
  readerId: nullable(Id),
  readerName: nullable(Type.String()),
  secondReading: nullable(ReadingOfCase),
  synthetic: Type.Boolean(),
  version: Version,
  createdAt: Time,
  updatedAt: Time,
})
/** A row of the worklist. */
export const CaseSummary = Type.Object({
  ...Case.properties,
  fields: Type.Integer(),
  cells: Type.Integer(),
  reviewed: Type.Integer(),
  /** Of identifiable cells, reviewed or not; null when there is none. Percent. */
  blast: nullable(Type.Object({ percent: Type.Number(), low: Type.Number(), high: Type.Number() })),
})
export const CaseList = Type.Object({ items: Type.Array(CaseSummary), total: Type.Integer() })
export const CaseQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(Status),
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
