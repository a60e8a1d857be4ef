import { KNOWN_LABELS } from './check-fields.ts'
import { type Inspected, problemsOf } from './label-problems.ts'
import type { Box, BoxLabel } from './labelled-image.ts'

/** Why a box is ignored: what is there is no cell to be counted, or nobody can say. docs/labelling.md says when to use which. */
export const IGNORE_REASONS = [
  'naked',
  'smudged',
  'megakaryocyte',
  'stromal',
  'cut',
  'blurred',
  'overlapping',
  'doubtful',
] as const

type IgnoreReason = (typeof IGNORE_REASONS)[number]

function isIgnoreReason(word: string): word is IgnoreReason {
  return (IGNORE_REASONS as readonly string[]).includes(word)
}

/** One thing that a person changed about the proposed boxes of an image; `line` is its line in the file. */
export type Correction = { line: number } & (
  | { kind: 'remove'; number: number }
  | { kind: 'adjust'; number: number; box: Box }
  | { kind: 'add'; box: Box; label?: BoxLabel; reason?: IgnoreReason }
  | { kind: 'ignore'; number: number; reason: IgnoreReason }
  | { kind: 'keep'; number: number }
  | { kind: 'label'; number: number; label: BoxLabel }
)

/** The corrections of one image. An image without any was looked at and found right. */
export interface ImageCorrections {
  /** The image's name without folder and ending. */
  image: string
  line: number
  corrections: Correction[]
}

const FORMS = [
  '- 7',
  '7: x y width height',
  '7: left top .. right bottom',
  '+ x y width height',
  '7 ignore <reason>',
  '7 keep',
  '7 label <label>',
].join(', ')

/**
 * Reads a file of corrections: a line `[image]` begins an image, and each line after it is one correction of it.
 *
 *     [field-12]           looked at; alone it means that all is right
 *     - 7                  box 7 is no cell
 *     7: 10 20 50 60       box 7 has its corner at 10, 20 and is 50 pixels wide and 60 high
 *     7: 10 20 .. 60 80    the same box by its corners
 *     + 10 20 50 60        a cell without a box; `+ 10 20 50 60 ignore naked`, `+ 10 20 50 60 plasma_cell`
 *     7 ignore naked       box 7 is to be ignored, for this reason
 *     7 keep               box 7 is not to be ignored
 *     7 label plasma_cell  box 7 has this label
 *
 * `- 7 9` removes both. What follows a `#` is a remark. Boxes are in pixels of the original image, either way wherever a box stands. All faults are
 * listed, by line; a sound line beside a faulty one is still read.
 */
export function parseCorrections(text: string, file: string): Inspected<ImageCorrections[]> {
  const { problems, note } = problemsOf(file)
  const images: ImageCorrections[] = []
  const firstLine = new Map<string, number>()
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = i + 1
    const words = raw.replace(/#.*/, '').trim()
    if (words === '') continue
    const image = /^\[(.+)\]$/.exec(words)?.[1]?.trim()
    if (image !== undefined) {
      const before = firstLine.get(image)
      if (before !== undefined) note(`line ${line}`, `${image} came before, in line ${before}`)
      else {
        firstLine.set(image, line)
        images.push({ image, line, corrections: [] })
      }
      continue
    }
    const current = images.at(-1)
    if (current === undefined) {
      note(`line ${line}`, 'it comes before any [image]')
      continue
    }
    const read = correctionsIn(words, line)
    if (typeof read === 'string') note(`line ${line}`, read)
    else current.corrections.push(...read)
  }
  return { value: images, problems }
}

function correctionsIn(words: string, line: number): Correction[] | string {
  const remove = /^-\s*(\d+(?:[\s,]+\d+)*)$/.exec(words)?.[1]
  if (remove !== undefined) {
    return remove.split(/[\s,]+/).map((n) => ({ line, kind: 'remove', number: Number(n) }))
  }
  const adjust = /^(\d+)\s*:\s*(.*)$/.exec(words)
  if (adjust) {
    const box = boxIn(boxWords(adjust[2]!))
    return typeof box === 'string' ? box : [{ line, kind: 'adjust', number: Number(adjust[1]), box }]
  }
  const add = /^\+\s*(.*)$/.exec(words)?.[1]
  if (add !== undefined) return added(boxWords(add), line)
  const [number, verb, what, ...more] = words.split(/\s+/)
  if (/^\d+$/.test(number!) && more.length === 0) {
    if (verb === 'ignore') {
      const reason = reasonIn(what)
      return reason === undefined ? noReason(what) : [{ line, kind: verb, number: Number(number), reason }]
    }
    if (verb === 'keep' && what === undefined) return [{ line, kind: verb, number: Number(number) }]
    if (verb === 'label' && what !== undefined) {
      return isKnown(what) ? [{ line, kind: verb, number: Number(number), label: what }] : noLabel(what)
    }
  }
  return `'${words}' is no correction; the forms are ${FORMS}`
}

function added(words: string[], line: number): Correction[] | string {
  const box = boxIn(words.slice(0, 4))
  if (typeof box === 'string') return box
  const [word, reasonWord, ...more] = words.slice(4)
  if (word === undefined) return [{ line, kind: 'add', box }]
  if (word === 'ignore' && more.length === 0) {
    const reason = reasonIn(reasonWord)
    return reason === undefined ? noReason(reasonWord) : [{ line, kind: 'add', box, reason }]
  }
  if (reasonWord !== undefined) return `after the box there is '${words.slice(4).join(' ')}'`
  return isKnown(word) ? [{ line, kind: 'add', box, label: word }] : noLabel(word)
}

/** The words of a line that begins with a box; that of two corners becomes one of corner and size. */
function boxWords(text: string): string[] {
  const words = text.trim().split(/[\s,]+/)
  const [left, top, dots, right, bottom, ...more] = words
  if (dots !== '..') return words
  return [left!, top!, `${Number(right) - Number(left)}`, `${Number(bottom) - Number(top)}`, ...more]
}

function boxIn(words: readonly string[]): Box | string {
  const values = words.map(Number)
  if (values.length !== 4 || !words.every((word) => word !== '') || !values.every(Number.isFinite)) {
    return `a box is four numbers, x y width height, not '${words.join(' ')}'`
  }
  const [x, y, w, h] = values as Box
  return w > 0 && h > 0
    ? [x, y, w, h]
    : 'width and height of a box must be above 0, and a left corner left of the right one'
}

function reasonIn(word: string | undefined): IgnoreReason | undefined {
  return word !== undefined && isIgnoreReason(word) ? word : undefined
}

function noReason(word: string | undefined): string {
  return `'${word ?? ''}' is no reason to ignore a box; the reasons are ${IGNORE_REASONS.join(', ')}`
}

const isKnown = (label: string) => KNOWN_LABELS.includes(label)

function noLabel(word: string): string {
  return `the label '${word}' is not known; the labels are ${KNOWN_LABELS.join(', ')}`
}
