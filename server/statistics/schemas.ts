import { Type } from 'typebox'
import { CELL_TYPES } from '../../cytology/index.ts'
import { CellClassId, Id, nullable } from '../api/common.ts'
import { filterProperties } from './filter.ts'

const Count = Type.Integer({ minimum: 0 })
const Percent = nullable(Type.Number({ description: '0…100' }))
const Day = Type.String()
const Quartiles = {
  median: nullable(Type.Number()),
  q1: nullable(Type.Number()),
  q3: nullable(Type.Number()),
}
const CellTypeId = Type.Enum([...CELL_TYPES])
const sums = {
  cases: Count,
  signed: Count,
  cells: Count,
  reviewed: Count,
  singly: Count,
  together: Count,
  corrected: Count,
  correctedSingly: Count,
  doubtful: Count,
}
/** A proportion with its 95 % interval, 0…1; null where there is nothing to be a share of. */
export const Share = Type.Object({
  value: nullable(Type.Number()),
  low: nullable(Type.Number()),
  high: nullable(Type.Number()),
})

export const OverviewQuery = Type.Object({
  ...filterProperties,
  by: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month')])),
})
export const Overview = Type.Object({
  ...sums,
  turnaround: Type.Object(
    { cases: Count, ...Quartiles },
    { description: 'hours from receipt to the first signature' },
  ),
  periods: Type.Array(Type.Object({ start: Day, ...sums })),
})
export const Distributions = Type.Object({
  cases: Count,
  cells: Count,
  ranges: Type.String({ description: 'name of the reference ranges' }),
  types: Type.Array(
    Type.Object({
      type: CellTypeId,
      cells: Count,
      percent: Percent,
      ...Quartiles,
      range: nullable(Type.String()),
      below: Count,
      above: Count,
    }),
  ),
})
/** Cohen's κ of two who named the same cells. */
const Kappa = {
  cells: Count,
  agreed: Count,
  kappa: nullable(Type.Number()),
  low: nullable(Type.Number()),
  high: nullable(Type.Number()),
}
export const Corrections = Type.Object({
  reviewed: Count,
  agreed: Share,
  kappa: Type.Object(
    { all: Type.Object(Kappa), singly: Type.Object(Kappa) },
    {
      description:
        'of the model and the doctor: over all reviewed cells, and over those confirmed one by one',
    },
  ),
  corrections: Type.Array(Type.Object({ suggested: CellClassId, type: CellClassId, count: Count })),
  types: Type.Array(
    Type.Object({
      type: CellClassId,
      agreed: Count,
      suggested: Count,
      named: Count,
      precision: Share,
      recall: Share,
      f1: Share,
    }),
  ),
})
const Signal = Type.Union([Type.Literal('none'), Type.Literal('beyond_limits'), Type.Literal('run')])
export const Drift = Type.Object({
  centre: nullable(Type.Number()),
  sigma: nullable(Type.Number()),
  drifting: Type.Boolean({ description: 'the last week signals' }),
  weeks: Type.Array(
    Type.Object({
      start: Day,
      reviewed: Count,
      corrected: Count,
      share: Share,
      limitLow: nullable(Type.Number()),
      limitHigh: nullable(Type.Number()),
      signal: Signal,
    }),
  ),
})
export const DifferencesQuery = Type.Object({
  ...filterProperties,
  of: Type.Optional(Type.Enum([...CELL_TYPES], { description: 'the type whose cases are points' })),
})
export const Differences = Type.Object({
  cases: Count,
  type: CellTypeId,
  types: Type.Array(
    Type.Object({
      type: CellTypeId,
      bias: nullable(Type.Number()),
      sd: nullable(Type.Number()),
      low: nullable(Type.Number()),
      high: nullable(Type.Number()),
    }),
  ),
  points: Type.Array(Type.Object({ caseId: Id, model: Type.Number(), signed: Type.Number() })),
})
const Person = Type.Object({ id: Id, name: Type.String() })
const Both = {
  ...Kappa,
  singly: Type.Object(Kappa, { description: 'over the cells that both confirmed one by one' }),
}
export const ReaderAgreement = Type.Object({
  cases: Count,
  pooled: Type.Object(Both),
  readers: Type.Array(Type.Object({ one: nullable(Person), other: Person, cases: Count, ...Both })),
})
export const Choices = Type.Object({
  sites: Type.Array(Type.String()),
  recognisers: Type.Array(Type.String()),
  readers: Type.Array(Person),
})
