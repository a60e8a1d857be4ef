import { Type } from 'typebox'
import { Id, identity, nullable, Time } from '../api/common.ts'
import { ANALYSIS_STATUSES } from '../database/schema.ts'

/** Without fieldIds: every field of the case that was not analysed yet. */
export const NewAnalysis = Type.Object({ fieldIds: Type.Optional(Type.Array(Id, { maxItems: 10_000 })) })
const Model = Type.Object({ name: Type.String(), version: Type.String(), sha256: Type.String() })
export const Analysis = Type.Object({
  id: Id,
  status: Type.Enum([...ANALYSIS_STATUSES]),
  total: Type.Integer({ description: 'fields' }),
  done: Type.Integer({ description: 'fields' }),
  cells: Type.Integer(),
  share: Type.Number({ description: '0..1, the field in work counted in part' }),
  scale: nullable(
    Type.Object(
      { done: Type.Integer(), total: Type.Integer() },
      { description: 'fields whose red cells were looked at, before the first is analysed' },
    ),
  ),
  secondsLeft: nullable(Type.Integer()),
  models: nullable(Type.Object({ detector: Model, recogniser: Model })),
  error: nullable(Type.String(identity('fault'))),
  createdAt: Time,
  startedAt: nullable(Time),
  finishedAt: nullable(Time),
})
