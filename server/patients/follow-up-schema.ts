import { Type } from 'typebox'
import { LINEAGES, type Lineage } from '../../cytology/index.ts'
import { Id, identity, nullable } from '../api/common.ts'

const percent = (description: string) => nullable(Type.Number({ description }))
const Share = Type.Object({
  count: Type.Integer(),
  percent: percent('0…100'),
  low: percent('of the exact 95 % interval'),
  high: percent('of the exact 95 % interval'),
})
const shares = Object.fromEntries(Object.keys(LINEAGES).map((id) => [id, Share])) as Record<
  Lineage,
  typeof Share
>

export const FollowUp = Type.Object({
  notice: Type.String(),
  points: Type.Array(
    Type.Object({
      caseId: Id,
      marrowNumber: Type.String(identity('marrow-number')),
      receivedOn: Type.String(),
      signed: Type.Boolean(),
      rule: Type.String({ description: 'the counting rule' }),
      counted: Type.Integer(),
      blast: nullable(Share),
      lineages: Type.Object(shares),
    }),
  ),
})
