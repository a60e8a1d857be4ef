import { MarrowscopeError } from '../cytology/errors.ts'
import type { DecodedText } from './decode-text.ts'
import { decodeLabels } from './label-file.ts'
import { type Inspected, type LabelProblem, problemsOf } from './label-problems.ts'

/** The text of one file of a set, and what is to be told of its encoding; undefined where it cannot be read. */
export async function inspectText(file: string): Promise<Inspected<string | undefined>> {
  try {
    const decoded = await decodeLabels(file)
    return { value: decoded.text, problems: encodingTold(decoded, file) }
  } catch (error) {
    if (!(error instanceof MarrowscopeError)) throw error
    const { problems, note } = problemsOf(file)
    note('as a whole', 'it cannot be opened, or it is no text in UTF-8, GB18030 or UTF-16')
    return { value: undefined, problems }
  }
}

/** What is to be told of how the bytes of a file were read. */
export function encodingTold({ text, encoding, damagedLines }: DecodedText, file: string): LabelProblem[] {
  const { problems, tell } = problemsOf(file)
  if (encoding !== 'UTF-8') {
    const word = /[^\p{ASCII}]+/u.exec(text)?.[0]
    tell('as a whole', `it was read as ${encoding}${word === undefined ? '' : `, e.g. '${word}'`}`)
  }
  for (const line of damagedLines) tell(`line ${line}`, 'a character is damaged')
  return problems
}
