/** One property of a row's detail: what it was and what it is; undefined where it had no value. */
export interface Line {
  /** Names from the outside in, as ['patient', 'name']. */
  path: string[]
  before: string | undefined
  after: string | undefined
}

/** The properties of what was and what is, each once, those within objects one by one. */
export function detailLines(before: unknown, after: unknown): Line[] {
  const was = flat(before)
  const is = flat(after)
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => ({
    path: key.split('\n'),
    before: was.get(key),
    after: is.get(key),
  }))
}

function flat(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).flatMap(([key, part]) => [...flat(part, [...path, key])]))
  }
  return path.length === 0 || value === null || value === '' || value === undefined
    ? new Map()
    : new Map([[path.join('\n'), String(value)]])
}
