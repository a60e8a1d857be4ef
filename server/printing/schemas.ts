import { Type } from 'typebox'
import { Id, identity, nullable, Time } from '../api/common.ts'

const Language = Type.Union([Type.Literal('zh'), Type.Literal('en')])
export const ReportQuery = Type.Object({
  lang: Type.Optional(Language),
  /** Another value is another address, so that a page shows the report anew. */
  v: Type.Optional(Type.String({ maxLength: 100 })),
})
export const Verification = Type.Object({
  exists: Type.Boolean({ description: 'a signature or an addendum with this hash is kept here' }),
  intact: Type.Boolean({ description: 'what is kept still has this hash, and follows the one before it' }),
  kind: nullable(Type.Union([Type.Literal('signature'), Type.Literal('addendum')])),
  caseId: nullable(Id),
  marrowNumber: nullable(Type.String(identity('marrow-number'))),
  userName: nullable(Type.String()),
  at: nullable(Time),
})
