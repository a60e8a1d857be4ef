/** A group of a grid: how many items it has from `first` on; px from the top of the grid to its heading, its rows and its end. */
interface Block {
  first: number
  count: number
  top: number
  rows: number
  bottom: number
}

interface RowSizes {
  columns: number
  /** px from row to row. */
  rowStep: number
  /** px above the rows of each group. */
  heading: number
}

/** Lays groups of so many items below each other. */
export function blocksOf(counts: readonly number[], { columns, rowStep, heading }: RowSizes): Block[] {
  let first = 0
  let top = 0
  return counts.map((count) => {
    const rows = top + heading
    const block = { first, count, top, rows, bottom: rows + Math.ceil(count / columns) * rowStep }
    first += count
    top = block.bottom
    return block
  })
}

export const blockOf = (blocks: readonly Block[], index: number): Block | undefined =>
  blocks.find(({ first, count }) => index >= first && index < first + count)

/** px from the top of the grid to the row of an item. */
export function rowTop(block: Block, index: number, { columns, rowStep }: RowSizes): number {
  return block.rows + Math.floor((index - block.first) / columns) * rowStep
}

/** The items, from and to (not with it), whose rows lie between two heights at least in part. */
export function itemsBetween(
  blocks: readonly Block[],
  { columns, rowStep }: RowSizes,
  from: number,
  to: number,
): [number, number] {
  const spans = blocks
    .filter(({ top, bottom }) => bottom > from && top < to)
    .map(({ first, count, rows }) => {
      const at = (row: number) => first + Math.min(count, Math.max(0, row) * columns)
      return [at(Math.floor((from - rows) / rowStep)), at(Math.ceil((to - rows) / rowStep))] as const
    })
  return spans.length === 0 ? [0, 0] : [spans[0]![0], spans.at(-1)![1]]
}

/** The item in the same column of the next row, or of the one before; in a shorter row its last item. */
export function nextRow(blocks: readonly Block[], { columns }: RowSizes, index: number, by: 1 | -1): number {
  const at = blocks.findIndex(({ first, count }) => index >= first && index < first + count)
  const block = blocks[at]
  if (!block) return 0
  const column = (index - block.first) % columns
  const lastRow = Math.ceil(block.count / columns) - 1
  const row = Math.floor((index - block.first) / columns) + by
  const inRow = (of: Block, n: number) => of.first + Math.min(of.count - 1, n * columns + column)
  if (row >= 0 && row <= lastRow) return inRow(block, row)
  const next = blocks[at + by]
  if (!next) return by > 0 ? block.first + block.count - 1 : block.first
  return inRow(next, by > 0 ? 0 : Math.ceil(next.count / columns) - 1)
}
