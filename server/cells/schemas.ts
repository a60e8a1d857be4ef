import { Type } from 'typebox'
import { CELL_TYPES, type CellType, CONFIRMED } from '../../cytology/index.ts'
import { Box, CellClassId, Id, identity, nullable, Time, Version } from '../api/common.ts'
import { Subtype, Tags } from '../cell-names/schemas.ts'

const HowConfirmed = nullable(Type.Enum([...CONFIRMED]))
export const Cell = Type.Object({
  id: Id,
  fieldId: Id,
  box: Box,
  detection: Type.Number(),
  type: CellClassId,
  suggested: CellClassId,
  probability: Type.Number(),
  unfamiliar: nullable(
    Type.Boolean({
      description: 'looks unlike the cells that the recogniser was taught; null where it does not say',
    }),
  ),
  touchesEdge: Type.Boolean(),
  origin: Type.Union([Type.Literal('model'), Type.Literal('person')]),
  reviewed: Type.Boolean(),
  confirmed: HowConfirmed,
  deleted: Type.Boolean(),
  subtype: Subtype,
  tags: Tags,
  version: Version,
})
/** One cell with all that is known of it. */
export const CellDetail = Type.Object({
  ...Cell.properties,
  probabilities: Type.Array(Type.Number(), { description: "13 numbers in the types' order, 0..1" }),
  regions: Type.Array(Type.Array(Type.Number()), { description: '[x, y] in pixels of the original' }),
  history: Type.Array(
    Type.Object({
      at: Time,
      userName: Type.String(),
      before: Type.Unknown({ description: 'what became another; null where the cell was added' }),
      after: Type.Unknown(),
    }),
    { description: 'what persons did to the cell, the oldest first' },
  ),
})
const Measured = (description: string) => nullable(Type.Number({ description }))
/** By shape and colour, not by a network; null where it cannot be measured or the scale is unknown. */
export const Measurements = Type.Object({
  cellDiameterUm: Measured('of the circle with the area of the cell'),
  nucleusDiameterUm: Measured('of the circle with the area of the nucleus'),
  ncRatio: Measured('area of the nucleus by area of the whole cell, 0..1'),
  nuclearRoundness: Measured('4π area / perimeter², 0..1; 1 is a circle'),
  nuclearLobes: Measured('1 or more'),
  cytoplasmGranularity: Measured('standard deviation of optical density (ln, green) at the size of granules'),
  cytoplasmBlueness: Measured('optical density (ln) in red less half of that in green'),
  cut: Type.Boolean({ description: 'the border of the field cuts the cell' }),
})
/** The same case's cells, most alike first, the cell itself among them; empty where nothing is known to compare. */
export const SimilarCells = Type.Array(
  Type.Object({ id: Id, similarity: Type.Number({ description: 'cosine of the embeddings, -1..1' }) }),
)
export const Cells = Type.Object({
  cells: Type.Array(Cell),
  at: Type.Integer({ description: 'give it as `since` to hear what changed after this answer' }),
})
export const CellQuery = Type.Object({
  /** Only cells changed at or after this time, deleted ones among them; to a blind reader only what that reader changed, and cells found since. */
  since: Type.Optional(Time),
})
export const CellSet = Type.Object(
  {
    type: Type.Optional(CellClassId),
    reviewed: Type.Optional(Type.Boolean()),
    /** Where the change settles the cell: by an act on it alone, or on several at once. Left out, it follows from how many cells the change settles. */
    confirmed: Type.Optional(HowConfirmed),
    deleted: Type.Optional(Type.Boolean()),
    box: Type.Optional(Box),
    /** Under the type that the cell has, or is given with it; another type alone takes it away. */
    subtype: Type.Optional(Subtype),
    tags: Type.Optional(Tags),
  },
  { additionalProperties: false },
)
/** All are made, or none: the first cell whose version is not the one given answers 409 with the cells as they are. */
export const CellChanges = Type.Object({
  changes: Type.Array(Type.Object({ id: Id, version: Version, set: CellSet }), {
    minItems: 1,
    maxItems: 10_000,
  }),
})
export const NewCell = Type.Object({ box: Box, type: Type.Optional(CellClassId) })
export const CropQuery = Type.Object({
  /** Side in pixels; the crop always shows `um` µm. */
  size: Type.Optional(Type.Integer({ minimum: 16, maximum: 512, default: 96 })),
  um: Type.Optional(Type.Number({ minimum: 5, maximum: 100, default: 22 })),
  /** The cell's version, so that a moved box is another address; answers may be kept for ever. */
  v: Type.Optional(Type.Integer()),
})
const Change = Type.Object({
  cellId: Id,
  before: Type.Unknown(),
  after: Type.Unknown(),
})
export const ChangeLog = Type.Array(
  Type.Object({
    id: Id,
    at: Time,
    userId: Id,
    userName: Type.String(),
    changes: Type.Array(Change),
  }),
)
const Count = Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 }))
export const ManualCount = Type.Object({
  counts: Type.Object(
    Object.fromEntries(CELL_TYPES.map((id) => [id, Count])) as Record<CellType, typeof Count>,
    {
      additionalProperties: false,
    },
  ),
  version: Type.Integer({ minimum: 0, description: '0 when nothing was counted yet' }),
})
export const DifferentialQuery = Type.Object({
  basis: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('reviewed'), Type.Literal('manual')])),
})
const Percent = nullable(Type.Number({ description: '0..100; null while nothing is counted' }))
export const DifferentialAnswer = Type.Object({
  notice: Type.String({ description: 'what the numbers may be used for' }),
  rule: Type.String(),
  counted: Type.Integer(),
  notCounted: Type.Integer(),
  byType: Type.Record(
    Type.String(),
    Type.Object({ count: Type.Integer(), percent: Percent, low: Percent, high: Percent }),
  ),
  meRatio: Type.Object({
    rule: Type.String(),
    numerator: Type.Integer(),
    denominator: Type.Integer(),
    value: nullable(Type.Number()),
  }),
})
export const Comment = Type.Object({
  id: Id,
  cellId: Id,
  at: Time,
  userId: Id,
  userName: Type.String(),
  text: Type.String(identity('text')),
})
export const NewComment = Type.Object({
  cellIds: Type.Array(Id, { minItems: 1, maxItems: 1000 }),
  text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
})
