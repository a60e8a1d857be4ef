import { Type } from 'typebox'
import { Id, nullable, Time } from '../api/common.ts'
import { Filter } from '../statistics/filter.ts'

export const NewExport = Type.Object({ filter: Filter, images: Type.Boolean() })
export const ResearchExport = Type.Object({
  id: Id,
  status: Type.Enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  filter: Filter,
  images: Type.Boolean(),
  cases: Type.Integer(),
  done: Type.Integer({ description: 'cases' }),
  bytes: Type.Integer(),
  error: nullable(Type.String()),
  createdAt: Time,
  finishedAt: nullable(Time),
})
