import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { invalidLabels } from './label-file.ts'

/** One thing that is wrong with labels, and the place: a file, and in it a line, an element or a shape. */
export interface LabelProblem {
  file: string
  where: string
  why: string
}

/** What could be read, and everything that could not. */
export interface Inspected<T> {
  value: T
  problems: LabelProblem[]
}

/** Collects the problems of one file. */
export function problemsOf(file: string): {
  problems: LabelProblem[]
  note(where: string, why: string): void
} {
  const problems: LabelProblem[] = []
  return { problems, note: (where, why) => problems.push({ file, where, why }) }
}

/** Made once for each schema: interpreting one takes a tenth of a millisecond a box, which is seconds for a large file. */
const compiled = new WeakMap<TSchema, Validator>()

/** Everything in which a value differs from a schema, each with its path below `root`. */
export function faults(schema: TSchema, value: unknown, root: string): [path: string, why: string][] {
  const validator = compiled.get(schema) ?? Compile(schema)
  compiled.set(schema, validator)
  if (validator.Check(value)) return []
  return validator
    .Errors(value)
    .map(({ instancePath, message }) => [
      `${root}${instancePath}` || '/',
      message ?? 'is not what it should be',
    ])
}

/** The value, where nothing is wrong; else throws the first problem as an error of that code. */
export function soundOrThrow<T>(
  { value, problems }: Inspected<T>,
  code: Parameters<typeof invalidLabels>[0],
): T {
  const first = problems[0]
  if (first !== undefined) throw invalidLabels(code, first.file, first.where, first.why)
  return value
}
