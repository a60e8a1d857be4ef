import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { MarrowscopeError } from '../cytology/index.ts'

/** What run.json says of every training, whatever was trained. */
export const TRAINING = {
  variant: Type.String({ minLength: 1 }),
  seed: Type.Integer(),
  steps: Type.Number(),
  batch: Type.Number(),
  trainSeconds: Type.Number(),
  parameters: Type.Number(),
}

/** A JSON file that fits the schema; ABLATION_INVALID, naming file and fault, where it does not. */
export function checked<T extends TSchema>(schema: T, file: string): Static<T> {
  const data = json(file)
  const check = Compile(schema)
  if (check.Check(data)) return data as Static<T>
  const [first] = check.Errors(data)
  throw invalid(file, `${first?.instancePath || 'it'} ${first?.message}`)
}

/** run.json of the folder `name`, which is that of its variant and seed; ABLATION_INVALID where it is another's. */
export function runInfo<T extends TSchema>(schema: T, dir: string, name: string): Static<T> {
  const file = join(dir, name, 'run.json')
  const info = checked(schema, file)
  const { variant, seed } = info as { variant: string; seed: number }
  if (`${variant}-${seed}` !== name) throw invalid(file, `it says ${variant}-${seed}, its folder ${name}`)
  return info
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
