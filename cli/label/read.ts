import { readFile } from 'node:fs/promises'
import {
  decodeText,
  encodingTold,
  FORMAT_NAMES,
  type FormatName,
  formatOf,
  isFault,
  type LabelledField,
  type LabelProblem,
  readLabelSet,
} from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'

/**
 * The fields of labels in a format, or in the one that their contents tell, those that are left out, and what is to be told.
 *
 * Errors: LABELS_NOT_RECOGNISED, LABELS_NOT_READABLE.
 */
export async function labelsIn(
  path: string,
  { format, images }: { format?: FormatName | undefined; images?: string | undefined } = {},
): Promise<{ fields: LabelledField[]; incomplete: LabelledField[]; problems: LabelProblem[] }> {
  const known = format ?? (await formatOf(path))
  if (known === undefined) {
    throw new MarrowscopeError(
      'LABELS_NOT_RECOGNISED',
      `There are no labels in ${path} that can be read; the formats are ${FORMAT_NAMES.join(', ')}.`,
      { file: path },
    )
  }
  const { value: fields, incomplete, problems } = await readLabelSet(path, known, { images })
  return { fields, incomplete, problems }
}

/** The text of a file that a person wrote; `what` it is stands in the sentence. Errors: the code that is given. */
export async function textIn(file: string, what: string, code: string): Promise<string> {
  const bytes = await readFile(file).catch((cause) => {
    throw new MarrowscopeError(code, `The ${what} ${file} cannot be read; check the name.`, { file, cause })
  })
  const decoded = decodeText(bytes)
  if (decoded === undefined) {
    throw new MarrowscopeError(code, `The ${what} ${file} are no text; save them as UTF-8.`, { file })
  }
  reportProblems(encodingTold(decoded, file))
  return decoded.text
}

/** A line for each problem on the error stream: file, place, what is wrong. Any but a guess makes the exit code 1. */
export function reportProblems(problems: readonly LabelProblem[]): void {
  for (const { file, where, why } of problems) process.stderr.write(`${file}, ${where}: ${why}\n`)
  if (problems.some(isFault)) process.exitCode = 1
}

/** '1 box', '2 boxes'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
