import { Type } from 'typebox'
import { Id, nullable, Time } from '../api/common.ts'

const Place = Type.Integer({ minimum: 1, description: 'place in the chain' })
const filters = {
  patient: Type.Optional(Type.String({ maxLength: 190, description: 'id or hospital number' })),
  case: Type.Optional(Type.String({ maxLength: 190, description: 'id or marrow number' })),
  user: Type.Optional(Id),
  event: Type.Optional(Type.String({ maxLength: 64, description: 'noun.verb, or a noun alone' })),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
}
/** `from` and `to` belong to the span. */
export const AuditFilters = Type.Object(filters)
export const AuditQuery = Type.Object({
  ...filters,
  before: Type.Optional(Place),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
})
export const AuditRow = Type.Object({
  number: Place,
  at: Time,
  userId: nullable(Id),
  userName: nullable(Type.String()),
  ip: Type.String(),
  event: Type.String(),
  status: Type.Integer({ description: 'HTTP status of the answer' }),
  subjectId: nullable(Type.String()),
  caseId: nullable(Id),
  marrowNumber: nullable(Type.String()),
  patientId: nullable(Id),
  patientName: nullable(Type.String()),
  detail: Type.Object(
    {
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
      query: Type.Optional(Type.Unknown()),
    },
    { description: 'only what changed; or what was asked for' },
  ),
  sha256: Type.String(),
})
export const AuditPage = Type.Object({
  items: Type.Array(AuditRow, { description: 'the newest first' }),
  next: nullable(Place),
})
/** What the filters may name. */
export const AuditChoices = Type.Object({
  events: Type.Array(Type.String()),
  users: Type.Array(Type.Object({ id: Id, name: Type.String() })),
})
export const ChainState = Type.Object({
  rows: Type.Integer(),
  sha256: Type.String({ description: 'of the last row' }),
  running: nullable(Type.Object({ done: Type.Integer(), total: Type.Integer() })),
  verified: nullable(Type.Object({ number: Type.Integer(), sha256: Type.String(), at: Time })),
  broken: nullable(Type.Object({ number: Type.Integer(), at: Time, message: Type.String() })),
  error: nullable(Type.String({ description: 'why the last check could not be finished' })),
})
