/** Rows that are read at a time, and of all of them how many until the page is given as it is. */
const STEPS = [250, 250, 500, 1500] as const
const MOST = STEPS.reduce((sum, step) => sum + step, 0)
/** The list is left early where, as it goes, all of its steps would find less than this share of the page. */
const HOPE = 1 / 3

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
  let seen = 0
  for (const limit of STEPS) {
    const looked = await read(last, limit)
    for (const { row, hit } of looked) {
      last = row
      if (hit) rows.push(row)
      if (rows.length === size) return { rows, next: row }
    }
    if (looked.length < limit) return { rows, next: undefined }
    seen += limit
    if ((rows.length / seen) * MOST < size * HOPE) break
  }
  return { rows, next: last }
}
