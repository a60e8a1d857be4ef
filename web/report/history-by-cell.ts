import type { ChangeLog } from '../api/types.ts'

type Side = Record<string, unknown>

/** Cells of which the same is to be said: how many they are, who changed them, each once, and when the last of it was, ms. */
interface CellStory {
  words: string
  cells: number
  people: string[]
  at: number
}

interface Story {
  /** What was there before the first change of it; null of a cell that a person added. */
  before: Side | null
  after: Side
  people: Set<string>
  at: number
}

/**
 * The history of a case by cell: each cell counts once, from what it was at first to what it is now, however often it was clicked.
 * `words` says what a change is; null: the cell is as it was before. The most cells come first.
 */
export function historyByCell(
  log: ChangeLog,
  words: (change: { before: Side | null; after: Side } | null) => string,
): CellStory[] {
  const stories = new Map<string, Story>()
  for (const { changes, userName, at } of log) {
    for (const { cellId, before, after } of changes) {
      const of = stories.get(cellId)
      stories.set(cellId, {
        // The earliest word on each property stands.
        before: of ? of.before && { ...(before as Side), ...of.before } : (before as Side | null),
        after: { ...of?.after, ...(after as Side) },
        people: (of?.people ?? new Set()).add(userName),
        at: Math.max(of?.at ?? 0, at),
      })
    }
  }
  const groups = new Map<string, CellStory>()
  for (const { before, after, people, at } of stories.values()) {
    const said = words(before ? differing(before, after) : { before, after })
    const group = groups.get(said) ?? { words: said, cells: 0, people: [], at: 0 }
    group.cells += 1
    group.at = Math.max(group.at, at)
    group.people = [...new Set([...group.people, ...people])]
    groups.set(said, group)
  }
  return [...groups.values()].sort((a, b) => b.cells - a.cells || b.at - a.at)
}

/** Only what is another now; null where nothing is. */
function differing(before: Side, after: Side): { before: Side; after: Side } | null {
  const keys = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]))
  const of = (side: Side) => Object.fromEntries(keys.map((key) => [key, side[key]]))
  return keys.length > 0 ? { before: of(before), after: of(after) } : null
}
