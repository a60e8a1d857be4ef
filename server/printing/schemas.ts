import { Type } from 'typebox'
import { Id, identity, nullable, Time } from '../api/common.ts'

const Language = Type.Union([Type.Literal('zh'), Type.Literal('en')])
export const ReportQuery = Type.Object({
  lang: Type.Optional(Language),
  addendum: Type.Optional(Id),
  /** Another value is another address, so that a page shows the report anew. */
  v: Type.Optional(Type.String({ maxLength: 100 })),
})
export const AddendumText = Type.Object({ text: Type.String({ minLength: 1, maxLength: 10_000 }) })
export const AddendumPreview = Type.Object({
  id: Type.String({ description: 'of ?addendum= of the report as PDF, for its writer, ten minutes long' }),
})
/** What anyone may know who holds a signed page. */
export const OpenVerification = Type.Object({
  state: Type.Enum(['valid', 'superseded', 'not_valid', 'unknown'], {
    description:
      'superseded: valid, and something was added later; not_valid: what is kept is no longer what was signed; unknown: nothing with this hash is kept',
  }),
  signedAt: nullable(Time),
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
