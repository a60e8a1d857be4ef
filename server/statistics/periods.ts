export type Step = 'day' | 'week' | 'month'

const DAY = 86_400_000
/** Periods that are answered; a mistyped year must not make a thousand empty ones. */
const MOST = 1200

/** The first day of the period that a day lies in; weeks begin on Monday, as ISO 8601 has them. undefined: no such day. */
export function startOf(day: string, step: Step): string | undefined {
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return undefined
  if (step === 'week') at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  if (step === 'month') at.setUTCDate(1)
  return at.toISOString().slice(0, 10)
}

/** Adds up what the days have, by period; periods in between without a day have zeros. The last 1200 periods. */
export function byPeriod<Key extends string>(
  days: readonly ({ day: string } & Record<Key, number>)[],
  step: Step,
  keys: readonly Key[],
): ({ start: string } & Record<Key, number>)[] {
  const found = new Map<string, Record<Key, number>>()
  const zeros = () => Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>
  for (const row of days) {
    const start = startOf(row.day, step)
    if (start === undefined) continue
    const sums = found.get(start) ?? zeros()
    for (const key of keys) sums[key] += row[key]
    found.set(start, sums)
  }
  const starts = [...found.keys()].sort()
  const all = starts.length === 0 ? [] : between(starts[0]!, starts.at(-1)!, step)
  return all.map((start) => ({ start, ...(found.get(start) ?? zeros()) }))
}

/** Backwards, so that the newest are those that are kept. */
function between(first: string, last: string, step: Step): string[] {
  const starts: string[] = []
  for (let at = last; at >= first && starts.length < MOST; ) {
    starts.push(at)
    at = startOf(new Date(Date.parse(at) - DAY).toISOString().slice(0, 10), step)!
  }
  return starts.reverse()
}
