import { Type } from 'typebox'
import { CellClassId, Id, nullable, Time } from '../api/common.ts'

export const Reference = Type.Object({
  id: Id,
  type: CellClassId,
  origin: Type.Union([Type.Literal('drawn'), Type.Literal('person')], {
    description: 'drawn by the program, or a real cell that a person kept',
  }),
  keptBy: nullable(Type.String({ description: 'name of the person' })),
  createdAt: Time,
})
export const ReferenceQuery = Type.Object({ type: Type.Optional(CellClassId) })
const NearReference = Type.Object({
  ...Reference.properties,
  similarity: nullable(
    Type.Number({ description: 'cosine of the embeddings, -1..1; null where they cannot be compared' }),
  ),
})
/** The most unlike first; a cell that nothing can be compared with by the network's doubt alone. */
export const UnlikeCells = Type.Array(
  Type.Object({ id: Id, unlike: Type.Number({ description: 'how unlike its type the cell is, 0..1' }) }),
)
const Neighbours = Type.Object(
  {
    types: Type.Array(Type.Object({ type: CellClassId, count: Type.Integer({ minimum: 1 }) }), {
      description: 'the most frequent first',
    }),
    similarity: Type.Number({ description: 'mean cosine of their embeddings to its own, -1..1' }),
  },
  {
    description:
      'the 20 labelled cells most like it, of those that the recogniser was not taught; null where it cannot be compared with them',
  },
)
export const NearReferences = Type.Object({
  references: Type.Array(NearReference, {
    description:
      "the nearest ones first; then those that stand for the cell's most probable types, where they are not near",
  }),
  known: nullable(Neighbours),
})
