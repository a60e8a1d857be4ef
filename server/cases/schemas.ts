import { Type } from 'typebox'
import { REPORTED_COUNTS } from '../../cytology/index.ts'
import { Id, identity, nullable, Time, Version } from '../api/common.ts'
import { CountingRule, RuleId } from '../counting-rules/schemas.ts'
import { CASE_STATUSES } from '../database/schema.ts'
import { Day, Patient, PatientShown, paged } from '../patients/schemas.ts'
import { ReadingOfCase } from '../readings/schemas.ts'

const Text = Type.String({ maxLength: 190 })
const Status = Type.Enum([...CASE_STATUSES])

/** Which count is reported where there are two; null: nobody has chosen, and it is that of the images. */
const Reported = nullable(Type.Enum([...REPORTED_COUNTS]))

const editable = {
  site: Text,
  stain: Text,
  diagnosis: Type.String({ maxLength: 500, description: 'what the clinic thinks it is' }),
  clinicalNote: Type.String({ maxLength: 10_000, ...identity('note') }),
  requester: Type.String({ maxLength: 190, description: 'who asked for the examination' }),
  receivedOn: Day,
  target: Type.Integer({ minimum: 1, maximum: 5000 }),
  countingRule: RuleId,
  meRule: RuleId,
}
export const NewCase = Type.Object({
  marrowNumber: Type.String({ minLength: 1, maxLength: 190 }),
  patient: Patient,
  readerId: Type.Optional(nullable(Id)),
  patientId: Type.Optional(Id),
  ...Type.Partial(Type.Object(editable)).properties,
})
export const CasePatch = Type.Object({
  version: Version,
  marrowNumber: Type.Optional(Text),
  readerId: Type.Optional(nullable(Id)),
  patient: Type.Optional(Patient),
  countingRuleVersion: Type.Optional(Version),
  reportedCount: Type.Optional(Reported),
  ...Type.Partial(Type.Object(editable)).properties,
})
export const CaseRecord = Type.Object({
  id: Id,
  marrowNumber: Type.String({ maxLength: 190, ...identity('marrow-number') }),
  formerNumbers: Type.Array(
    Type.Object({
      number: Type.String({ maxLength: 190, ...identity('marrow-number') }),
      until: Time,
      changedBy: Type.String({ description: 'name of the person' }),
    }),
    { description: 'marrow numbers that were corrected, the newest first' },
  ),
  patientId: Id,
  patient: PatientShown,
  ...editable,
  countingRuleVersion: Version,
  reportedCount: Reported,
  status: Status,
  readerId: nullable(Id),
  readerName: nullable(Type.String()),
  secondReading: nullable(ReadingOfCase),
  synthetic: Type.Boolean(),
  version: Version,
  createdAt: Time,
  updatedAt: Time,
  imagesRemovedAt: nullable(Time),
})
export const Case = Type.Object({
  ...CaseRecord.properties,
  rule: CountingRule,
  newerRuleVersion: nullable(
    Type.Integer({
      description: 'a version of the rule that the case could be moved to; never of a signed case',
    }),
  ),
})
/** A row of the worklist. */
export const CaseSummary = Type.Object({
  ...CaseRecord.properties,
  fields: Type.Integer(),
  cells: Type.Integer(),
  reviewed: Type.Integer(),
  doubtful: Type.Integer({ description: 'cells that no person has settled and the model is unsure of' }),
  /** Of identifiable cells, reviewed or not; null when there is none. Percent. */
  blast: nullable(Type.Object({ percent: Type.Number(), low: Type.Number(), high: Type.Number() })),
})
export const CaseList = Type.Object({ items: Type.Array(CaseSummary), ...paged })
export const CaseQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(Status),
  reader: Type.Optional(
    Type.Union([Type.Literal('me'), Type.Literal('none'), Id], {
      description: 'whose cases; of `me` also those that wait for me as the second reader',
    }),
  ),
  archived: Type.Optional(Type.Boolean({ default: false })),
  order: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest')], { default: 'newest' })),
  after: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}~[0-9a-f-]{36}$',
      description: '`next` of the page before',
    }),
  ),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
/** What a scanned number names. */
export const NumberQuery = Type.Object({ number: Type.String({ minLength: 1, maxLength: 190 }) })
export const NumberAnswer = Type.Object({ caseId: nullable(Id), patientId: nullable(Id) })
