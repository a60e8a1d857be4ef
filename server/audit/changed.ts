type Values = Readonly<Record<string, unknown>>

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The properties that differ, as they were and as they are; of objects within, only what differs in them. */
export function changed(before: Values, after: Values): { before: Values; after: Values } {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [before[key], after[key]]
    if (JSON.stringify(a) === JSON.stringify(b)) continue
    const inside = isValues(a) && isValues(b) ? changed(a, b) : { before: a, after: b }
    was[key] = inside.before
    is[key] = inside.after
  }
  return { before: was, after: is }
}
