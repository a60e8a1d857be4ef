/** Rows that are read at a time, and of all of them how many until the page is given as it is. */
const STEPS = [250, 500, 1000, 1500, 1750] as const

export interface Looked<Row> {
  row: Row
  hit: boolean
}

/**
 * The first `size` rows of a list that are hits. The list is gone through in its order for as long as that takes little
 * time; `next` is then the row to go on after, even where the page is not full. undefined: the list has ended.
 */
export async function goThrough<Row>(
  read: (after: Row | undefined, limit: number) => Promise<Looked<Row>[]>,
  after: Row | undefined,
  size: number,
): Promise<{ rows: Row[]; next: Row | undefined }> {
  const rows: Row[] = []
  let last = after
  for (const limit of STEPS) {
    const looked = await read(last, limit)
    for (const { row, hit } of looked) {
      last = row
      if (hit) rows.push(row)
      if (rows.length === size) return { rows, next: row }
    }
    if (looked.length < limit) return { rows, next: undefined }
  }
  return { rows, next: last }
}
