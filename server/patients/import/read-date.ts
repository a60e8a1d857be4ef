const FORMS = [
  // 1960-2-3, 1960/02/03, 1960.2.3, 1960年2月3日, each also with a time behind it
  /^(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/,
  // 19600203
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  // 3.2.1960; with a slash it would be the third of February to one and the second of March to another
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
] as const
const FIRST_YEAR = 1880

/** YYYY-MM-DD of a day as files write it; undefined where there is no such day, or it could be one of two. */
export function readDate(text: string): string | undefined {
  for (const form of FORMS) {
    const { y, m, d } = form.exec(text.normalize('NFKC').trim())?.groups ?? {}
    if (!y || !m || !d) continue
    const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
    const exists = date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d)
    return exists && Number(y) >= FIRST_YEAR ? date.toISOString().slice(0, 10) : undefined
  }
  return undefined
}
