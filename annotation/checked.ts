import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'

/**
 * Checks untrusted data against a schema.
 *
 * @param complain makes the error out of the path of the first fault, e.g. '/images/3/width', and what is wrong with it
 */
export function checked<Schema extends TSchema>(
  schema: Schema,
  data: unknown,
  complain: (path: string, why: string) => Error,
): Static<Schema> {
  if (Value.Check(schema, data)) return data as Static<Schema>
  const fault = Value.Errors(schema, data)[0]
  throw complain(fault?.instancePath || '/', fault?.message ?? 'is not what it should be')
}
