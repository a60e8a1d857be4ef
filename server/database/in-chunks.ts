/** `size` at a time: both databases limit how many values one statement may name, rows times columns where rows are written. */
export function* inChunks<T>(all: readonly T[], size = 1000): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size)
}
