import { CELL_CLASS_INFO, CELL_CLASSES, type CellClass } from '../cytology/index.ts'
import { type Inspected, problemsOf } from './label-problems.ts'

/** How far a reader trusts an answer: would sign it; more likely than all others together; the best of several. */
export const CERTAINTIES = ['sure', 'likely', 'guess'] as const
export type Certainty = (typeof CERTAINTIES)[number]

/** What a reader saw in the picture of a cell. */
export interface CellReading {
  cell: number
  type: CellClass
  certainty: Certainty
}

/** A cell as one, two or three readings leave it. */
export interface ReadCell {
  cell: number
  type: CellClass
  certainty: Certainty
  second?: CellReading
  /** Of two readers: whether they gave the same type; 'third' where a third reading decided between them. */
  agreed?: 'yes' | 'no' | 'third'
}

const CODES = new Map<string, CellClass>(
  CELL_CLASSES.flatMap((id) => [
    [id, id],
    [CELL_CLASS_INFO[id].abbreviation.toLowerCase(), id],
  ]),
)

const FORM = `<number> <type> <${CERTAINTIES.join('|')}>`
const ABBREVIATIONS = CELL_CLASSES.map((id) => CELL_CLASS_INFO[id].abbreviation).join(', ')

/**
 * Reads an answer file: a line a cell, `<number> <type> <sure|likely|guess>`; the type by its id or its abbreviation. What
 * follows is a comment, as is a line that begins with #. A line with a number alone was not read yet: it counts as `unread`.
 */
export function parseCellReadings(
  text: string,
  file: string,
): Inspected<CellReading[]> & { unread: number[] } {
  const { problems, note } = problemsOf(file)
  const [value, unread]: [CellReading[], number[]] = [[], []]
  const firstLine = new Map<number, number>()
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const words = line.trim().split(/\s+/)
    if (words[0] === '' || words[0]!.startsWith('#')) continue
    const refuse = (why: string) => note(`line ${at + 1}`, why)
    const [cell, type, certainty] = [
      Number(words[0]),
      CODES.get((words[1] ?? '').toLowerCase()),
      CERTAINTIES.find((c) => c === words[2]?.toLowerCase()),
    ]
    const before = firstLine.get(cell)
    if (!Number.isInteger(cell) || cell < 1)
      refuse(`'${words[0]}' is not the number of a cell; a line is ${FORM}`)
    else if (before !== undefined) refuse(`cell ${cell} came before, in line ${before}`)
    else if (words.length === 1) unread.push(cell)
    else if (type === undefined) refuse(`'${words[1]}' is no type; the types are ${ABBREVIATIONS}`)
    else if (certainty === undefined)
      refuse(`after the type there is '${words[2] ?? ''}'; say one of ${CERTAINTIES.join(', ')}`)
    else value.push({ cell, type, certainty })
    if (before === undefined) firstLine.set(cell, at + 1)
  }
  return { value, problems, unread }
}

/** Whether an answer file has numbers alone: nobody wrote an answer into it yet, nor a comment. */
export function isEmptyForm(text: string): boolean {
  return text.split('\n').every((line) => /^\d*$/.test(line.trim()))
}

/**
 * One row a cell that the first reader answered, by number. Where two readers differ a third reading that is with one of them decides; without such a one the
 * first reader's type stays and the cell is marked as not agreed. Of two who agree the less certain word counts.
 */
export function mergeReadings(
  first: readonly CellReading[],
  second: readonly CellReading[] = [],
  third: readonly CellReading[] = [],
): ReadCell[] {
  const [seconds, thirds] = [byCell(second), byCell(third)]
  return [...first]
    .sort((a, b) => a.cell - b.cell)
    .map((reading) => {
      const other = seconds.get(reading.cell)
      if (other === undefined) return { ...reading }
      if (other.type === reading.type) {
        const certainty = CERTAINTIES[Math.max(rank(reading), rank(other))]!
        return { ...reading, certainty, second: other, agreed: 'yes' }
      }
      const decided = thirds.get(reading.cell)
      const withOne = decided?.type === reading.type || decided?.type === other.type
      return withOne
        ? { ...decided!, second: other, agreed: 'third' }
        : { ...reading, second: other, agreed: 'no' }
    })
}

function byCell(readings: readonly CellReading[]): Map<number, CellReading> {
  return new Map(readings.map((reading) => [reading.cell, reading]))
}

function rank({ certainty }: CellReading): number {
  return CERTAINTIES.indexOf(certainty)
}
