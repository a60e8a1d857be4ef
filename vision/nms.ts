import { type Box, iou } from './box.ts'

export type Scored = { box: Box; score: number }

/**
 * Greedy non-maximum suppression: the best box stays, every other that overlaps it by more than `maxIou` goes, and
 * so on. Returned best first; ties keep the order given. Boxes are sorted into a grid first, so that thousands of
 * cells take milliseconds.
 */
export function nms<T extends Scored>(found: readonly T[], maxIou: number): T[] {
  const ranked = found.toSorted((a, b) => b.score - a.score)
  const side = ranked.reduce((longest, { box }) => Math.max(longest, box[2], box[3]), 1)
  const grid = new Map<string, T[]>()
  const kept: T[] = []
  for (const candidate of ranked) {
    const [x, y, width, height] = candidate.box
    const column = Math.floor((x + width / 2) / side)
    const row = Math.floor((y + height / 2) / side)
    let free = true
    // Overlapping boxes no larger than a grid square have their centres in neighbouring squares.
    for (let r = row - 1; r <= row + 1 && free; r++) {
      for (let c = column - 1; c <= column + 1 && free; c++) {
        free = !grid.get(`${r},${c}`)?.some((other) => iou(candidate.box, other.box) > maxIou)
      }
    }
    if (!free) continue
    kept.push(candidate)
    const key = `${row},${column}`
    grid.set(key, [...(grid.get(key) ?? []), candidate])
  }
  return kept
}
