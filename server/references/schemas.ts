import { Type } from 'typebox'
import { CELL_TYPES } from '../../cytology/index.ts'
import { CellClassId, Id, nullable, Time } from '../api/common.ts'

export const Reference = Type.Object({
  id: Id,
  type: CellClassId,
  origin: Type.Union([Type.Literal('drawn'), Type.Literal('person'), Type.Literal('set')], {
    description: 'drawn by the program, a real cell that a person kept, or one of a public set',
  }),
  set: nullable(
    Type.Object({ source: Type.String(), licence: Type.String() }, { description: 'the public set' }),
  ),
  keptBy: nullable(Type.String({ description: 'name of the person' })),
  createdAt: Time,
})
export const ReferenceQuery = Type.Object({
  type: Type.Optional(CellClassId),
  drawn: Type.Optional(
    Type.Boolean({ description: 'with those that the program drew, which are for the demo alone' }),
  ),
})
export const NewReferenceSet = Type.Object({
  source: Type.String({ minLength: 1, maxLength: 190, description: 'title, first author, year' }),
  licence: Type.String({ minLength: 1, maxLength: 190 }),
  address: Type.String({
    maxLength: 500,
    pattern: '^(https?://\\S+)?$',
    description: 'where it is published',
  }),
})
export const ReferenceSet = Type.Object({
  id: Id,
  ...NewReferenceSet.properties,
  takenBy: nullable(Type.String({ description: 'name of the person; null: on the command line' })),
  createdAt: Time,
  types: Type.Array(Type.Object({ type: CellClassId, count: Type.Integer({ minimum: 1 }) })),
})
export const SetCell = Type.Object({
  type: Type.Enum([...CELL_TYPES]),
  umPerPixel: Type.Number({ exclusiveMinimum: 0, maximum: 2 }),
  picture: Type.String({
    minLength: 1,
    maxLength: 3_900_000,
    pattern: '^[A-Za-z0-9+/]+={0,2}$',
    description: 'Base64 of an image file; the cell in its middle',
  }),
})
export const Taken = Type.Object({ isNew: Type.Boolean({ description: 'false: the set had it already' }) })

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
