import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { MarrowscopeError } from '../cytology/index.ts'

/** A JSON file that fits the schema; ABLATION_INVALID, naming file and fault, where it does not. */
export function checked<T extends TSchema>(schema: T, file: string): Static<T> {
  const data = json(file)
  const check = Compile(schema)
  if (check.Check(data)) return data as Static<T>
  const [first] = check.Errors(data)
  throw invalid(file, `${first?.instancePath || 'it'} ${first?.message}`)
}

export function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw invalid(file, cause instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read', cause)
  }
}

export function invalid(file: string, what: string, cause?: unknown): MarrowscopeError {
  return new MarrowscopeError('ABLATION_INVALID', `${file} is not usable: ${what}; write it again.`, {
    file,
    cause,
  })
}
