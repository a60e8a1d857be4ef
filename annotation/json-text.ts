import { invalidLabels } from './label-file.ts'

/** What a JSON text says. */
export interface JsonText {
  value?: unknown
  /** Why nothing can be read. */
  fault?: { where: string; why: string; cause: unknown }
  /** Numbers that JSON does not have, as Python writes them; they are read as null. */
  noNumbers: { where: string; why: string }[]
}

/**
 * @param file where the text comes from, for messages
 * Errors: COCO_INVALID, with the line where it is known.
 */
export function parseJson(text: string, file: string): unknown {
  const { value, fault } = readJson(text)
  if (fault) throw invalidLabels('COCO_INVALID', file, fault.where, fault.why, fault.cause)
  return value
}

/** The value of a JSON text, or what is wrong with it and where. */
export function readJson(text: string): JsonText {
  const plain = text.replace(/^\uFEFF/, '')
  try {
    return { value: JSON.parse(plain), noNumbers: [] }
  } catch (cause) {
    const { repaired, noNumbers } = withoutNoNumbers(plain)
    if (noNumbers.length > 0) return { ...readJson(repaired), noNumbers }
    const { message } = cause as SyntaxError
    const where = /line \d+/.exec(message)?.[0] ?? 'as a whole'
    const reason = message.split(/, "| in JSON at /, 1)[0]
    return { fault: { where, why: `not valid JSON (${reason})`, cause }, noNumbers }
  }
}

/** NaN and Infinity become null, and each is noted with its line; texts in quotes stay as they are. */
function withoutNoNumbers(text: string): { repaired: string; noNumbers: JsonText['noNumbers'] } {
  const noNumbers: JsonText['noNumbers'] = []
  let [line, counted] = [1, 0]
  const repaired = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found, at: number) => {
    if (found.startsWith('"')) return found
    for (; counted < at; counted++) if (text[counted] === '\n') line++
    noNumbers.push({ where: `line ${line}`, why: `${found} is no number of JSON, and was read as null` })
    return 'null'
  })
  return { repaired, noNumbers }
}
