import { Type } from 'typebox'
import { CellClassId, Id, identity, nullable, Time } from '../api/common.ts'

export const NewReading = Type.Object({ readerId: Id })
const Share = nullable(Type.Number({ description: '−1..1' }))
const Kappa = {
  cells: Type.Integer({ description: 'named by both' }),
  agreed: Type.Integer(),
  kappa: Share,
  low: Share,
  high: Share,
}
const AgreementAnswer = Type.Object({
  ...Kappa,
  /** Left out of readings that were finished before it was kept how cells were confirmed. */
  singly: Type.Optional(Type.Object(Kappa, { description: 'over the cells that both confirmed one by one' })),
  pairs: Type.Array(
    Type.Object({
      first: CellClassId,
      second: CellClassId,
      count: Type.Integer({ minimum: 1 }),
      singly: Type.Optional(Type.Integer({ description: 'of these, confirmed one by one by both' })),
    }),
  ),
})
const Status = Type.Union([Type.Literal('open'), Type.Literal('finished'), Type.Literal('withdrawn')])
export const Reading = Type.Object({
  id: Id,
  readerId: Id,
  readerName: Type.String(),
  status: Status,
  reviewed: Type.Integer({ description: 'cells that the second reader has settled' }),
  cells: Type.Integer({ description: 'cells of the case' }),
  agreement: nullable(AgreementAnswer),
  createdAt: Time,
  finishedAt: nullable(Time),
})
/** What the second reader called each cell that he or she settled. */
export const ReadingCells = Type.Array(Type.Object({ id: Id, type: CellClassId }))
/** The reading that counts, as a case tells it. */
export const ReadingOfCase = Type.Object({
  id: Id,
  readerId: Id,
  readerName: Type.String(),
  status: Type.Union([Type.Literal('open'), Type.Literal('finished')]),
})
/** What waits for a person. */
export const Inbox = Type.Object({
  items: Type.Array(
    Type.Object({
      readingId: Id,
      kind: Type.Enum(['to_read', 'finished'], {
        description: 'a case to read second; a reading that somebody finished for the caller',
      }),
      caseId: Id,
      marrowNumber: Type.String(identity('marrow-number')),
      personName: Type.String({ description: 'who gave the case; who read it' }),
      at: Time,
      unread: Type.Boolean(),
    }),
  ),
  waiting: Type.Integer({ description: 'cases to read, and finished readings not seen yet' }),
})
