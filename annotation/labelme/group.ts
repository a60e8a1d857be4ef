import { boxAroundAll } from '../box-around.ts'
import type { Notes } from '../label-problems.ts'
import type { Box } from '../labelled-image.ts'
import { isOutline, type PlacedShape } from './shape.ts'

/** One cell is no longer than so many times its longest part: shapes that are all of one group need not be one cell. */
const LONGEST = 3

/**
 * Outlines of one label and one group are parts of one cell, as the segments of a nucleus are: the first gets the box around
 * all. Where they lie too far apart for that, or are no outlines, each stays a cell of its own. Both is told.
 */
export function withoutParts(shapes: readonly PlacedShape[], { tell }: Pick<Notes, 'tell'>): PlacedShape[] {
  const groups = Map.groupBy(shapes, ({ group, label }, at) =>
    group === undefined ? `${at}` : JSON.stringify([group, label]),
  )
  return [...groups.values()].flatMap((parts) => {
    const [first, ...others] = parts
    if (others.length === 0) return parts
    const numbers = parts.map(({ number }) => number).join(', ')
    const where = `shape ${first!.number}`
    const longest = Math.max(...parts.map(({ box }) => longerSide(box)))
    const box = boxAroundAll(parts.map((part) => part.box))
    if (parts.every(isOutline) && longerSide(box) <= LONGEST * longest) {
      tell(where, `the shapes ${numbers} are of one group, and were read as one cell`)
      return [{ ...first!, box }]
    }
    tell(where, `the shapes ${numbers} are of one group, but were read as a cell each`)
    return parts
  })
}

function longerSide([, , w, h]: Box): number {
  return Math.max(w, h)
}
