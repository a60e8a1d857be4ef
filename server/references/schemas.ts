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
/** The nearest ones first; then those that stand for the cell's most probable types, where they are not near. */
export const NearReferences = Type.Array(
  Type.Object({
    ...Reference.properties,
    similarity: nullable(
      Type.Number({ description: 'cosine of the embeddings, -1..1; null where they cannot be compared' }),
    ),
  }),
)
