import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { invalidLabels } from './label-file.ts'

/** One thing about labels that a person should know, and the place: a file, and in it a line, an element or a shape. */
export interface LabelProblem {
  file: string
  where: string
  why: string
  /** What it became: it was read as the sentence says, or it is an ignored box now. Otherwise it could not be read. */
  became?: 'read' | 'ignored'
}

/** What could be read, and everything that could not. */
export interface Inspected<T> {
  value: T
  problems: LabelProblem[]
}

export interface Notes {
  problems: LabelProblem[]
  /** Of what could not be read. */
  note(where: string, why: string): void
  /** Of what was read by a guess. */
  tell(where: string, why: string): void
  /** Of a cell that is an ignored box from now on. */
  ignore(where: string, why: string): void
}

/** Collects the problems of one file. */
export function problemsOf(file: string): Notes {
  const problems: LabelProblem[] = []
  return {
    problems,
    note: (where, why) => problems.push({ file, where, why }),
    tell: (where, why) => problems.push({ file, where, why, became: 'read' }),
    ignore: (where, why) =>
      problems.push({ file, where, why: `${why}; it becomes an ignored box`, became: 'ignored' }),
  }
}

/** What is said of an image whose labels say another size. */
export function otherSize(size: Size, labels: Size): string {
  return `it has ${size.width}×${size.height} pixels, the labels say ${labels.width}×${labels.height}`
}
type Size = { width: number; height: number }

/** Whether something was wrong; what was read by a guess is told, but is not wrong. */
export function isFault({ became }: LabelProblem): boolean {
  return became !== 'read'
}

/** Whether something could not be read at all, not even as an ignored box. */
export function isLoss({ became }: LabelProblem): boolean {
  return became === undefined
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

/** The value, where nothing is wrong; else throws the first fault as an error of that code. */
export function soundOrThrow<T>(
  { value, problems }: Inspected<T>,
  code: Parameters<typeof invalidLabels>[0],
): T {
  const first = problems.find(isFault)
  if (first !== undefined) throw invalidLabels(code, first.file, first.where, first.why)
  return value
}
