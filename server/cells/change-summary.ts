import type { Change } from './cell-difference.ts'

type Tally = Record<string, number>
interface Side {
  type?: Tally
  reviewed?: Tally
  confirmed?: Tally
  deleted?: Tally
  subtype?: Tally
  tags?: Tally
  moved?: number
}

/** How many cells were what before and after; each one's own change is in the log of changes. */
export function summaryOf(changes: readonly Change[]): { before: Side; after: Side } {
  return {
    before: sideOf(changes.map(({ before }) => before)),
    after: sideOf(changes.map(({ after }) => after)),
  }
}

function sideOf(values: readonly Change['after'][]): Side {
  const side: Side = {}
  for (const { type, reviewed, confirmed, deleted, box, subtype, tags } of values) {
    if (type !== undefined) side.type = plusOne(side.type, type)
    if (reviewed !== undefined) side.reviewed = plusOne(side.reviewed, String(reviewed))
    if (confirmed) side.confirmed = plusOne(side.confirmed, confirmed)
    if (deleted !== undefined) side.deleted = plusOne(side.deleted, String(deleted))
    if (subtype !== undefined) side.subtype = plusOne(side.subtype, subtype ?? 'none')
    for (const tag of tags ?? []) side.tags = plusOne(side.tags, tag)
    if (box) side.moved = (side.moved ?? 0) + 1
  }
  return side
}

const plusOne = (tally: Tally = {}, key: string): Tally => ({ ...tally, [key]: (tally[key] ?? 0) + 1 })
