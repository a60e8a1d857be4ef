/** What typebox compiles a schema to. */
interface Check<T> {
  Check(value: unknown): value is T
  Errors(value: unknown): { instancePath: string; message: string }[]
}

/**
 * Reads JSON of a known form.
 *
 * Errors: what `invalid` makes of the first thing that is wrong.
 */
export function checkedJson<T>(
  check: Check<T>,
  text: string,
  invalid: (what: string, cause?: unknown) => Error,
): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid('it is not JSON', cause)
  }
  if (check.Check(value)) return value
  const [first] = check.Errors(value)
  throw invalid(`${first?.instancePath || 'the whole'} ${first?.message}`)
}
