/** Things with a centre (µm) in square buckets, to ask quickly what lies near a place. */
export interface Grid<T extends { x: number; y: number }> {
  add(item: T): void
  /** Everything whose centre may lie within `reach` µm of (x, y), and a little more. */
  near(x: number, y: number, reach: number): T[]
}

const BUCKET = 16

export function createGrid<T extends { x: number; y: number }>(): Grid<T> {
  const buckets = new Map<number, T[]>()
  const key = (column: number, row: number) => row * 1_000_003 + column
  return {
    add: (item) => {
      const at = key(Math.floor(item.x / BUCKET), Math.floor(item.y / BUCKET))
      const bucket = buckets.get(at)
      if (bucket) bucket.push(item)
      else buckets.set(at, [item])
    },
    near: (x, y, reach) => {
      const found: T[] = []
      for (let row = Math.floor((y - reach) / BUCKET); row <= Math.floor((y + reach) / BUCKET); row++) {
        for (
          let column = Math.floor((x - reach) / BUCKET);
          column <= Math.floor((x + reach) / BUCKET);
          column++
        ) {
          const bucket = buckets.get(key(column, row))
          if (bucket) found.push(...bucket)
        }
      }
      return found
    },
  }
}
