import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Inspected, isEmptyForm, shuffled } from '../../../annotation/index.ts'
import { MarrowscopeError } from '../../../cytology/index.ts'
import { openImage } from '../../../vision/index.ts'
import { openOutput, writeWhole } from '../../output.ts'
import { imageFinder } from '../check.ts'
import { counted, labelsIn, reportProblems, textIn } from '../read.ts'
import { cellSheet } from './picture.ts'
import { type LabelledCell, withScale } from './scale.ts'

type Options = {
  images: string
  out: string
  only?: string
  perSheet: number
  columns: number
  side: number
  fieldOfView: number
  scale?: number
  seed: number
}

/**
 * `label cells sheet`: pictures of single cells in a random order, or those of a list in its order, and beside each an answer
 * file to fill in. Nothing is drawn while a number is doubled in the labels, the list is wrong, or answers would be lost.
 *
 * Errors: LABELS_NOT_READABLE, ANSWERS_NOT_READABLE, ANSWERS_THERE and those of `labelsIn`, `openImage` and `writeWhole`.
 */
export async function labelCellSheets(labels: string[], options: Options): Promise<void> {
  const known = await cellsIn(labels, options.images)
  const { value: cells, problems } =
    options.only === undefined
      ? { value: shuffled([...known.value.values()], options.seed), problems: [] }
      : await listed(options.only, known.value)
  reportProblems([...known.problems, ...problems])
  if (known.problems.length + problems.length > 0) return
  const find = await imageFinder(options.images)
  const imageOf = (name: string) => openImage(find(name) ?? join(options.images, name))
  await openOutput(options.out, false)
  const sheets = Math.ceil(cells.length / options.perSheet)
  const names = Array.from({ length: sheets }, (_, at) => `sheet-${`${at + 1}`.padStart(3, '0')}`)
  await spareAnswers(options.out, names)
  const scaled = await withScale(cells, imageOf, options.scale)
  for (const [at, name] of names.entries()) {
    const shown = scaled.slice(at * options.perSheet, (at + 1) * options.perSheet)
    await writeWhole(join(options.out, `${name}.png`), await cellSheet(shown, imageOf, options))
    await writeWhole(join(options.out, `${name}.txt`), shown.map(({ id }) => `${id} \n`).join(''))
  }
  console.log(`${counted(cells.length, 'cell')} on ${counted(sheets, 'sheet')} in ${options.out}`)
}

/** Refuses new sheets of these names where somebody wrote into an answer file. Errors: ANSWERS_THERE, ANSWERS_NOT_READABLE. */
async function spareAnswers(out: string, names: readonly string[]): Promise<void> {
  const there = new Set(await readdir(out))
  const written: string[] = []
  for (const name of names.map((name) => `${name}.txt`).filter((name) => there.has(name))) {
    const text = await textIn(join(out, name), 'answers', 'ANSWERS_NOT_READABLE')
    if (!isEmptyForm(text)) written.push(name)
  }
  if (written.length === 0) return
  throw new MarrowscopeError(
    'ANSWERS_THERE',
    `New sheets would overwrite answers in ${out} (${counted(written.length, 'file')}, first ${written[0]}); choose another folder with --out, or remove what is no longer needed.`,
    { file: join(out, written[0]!) },
  )
}

/** The cells of label files that are to be read, by number: every box that is not ignored. A doubled number is a problem. */
async function cellsIn(
  labels: readonly string[],
  images: string,
): Promise<Inspected<Map<number, LabelledCell>>> {
  const found: Inspected<Map<number, LabelledCell>> = { value: new Map(), problems: [] }
  for (const path of labels) {
    const { fields, problems } = await labelsIn(path, { images })
    reportProblems(problems)
    for (const { file, umPerPixel, boxes } of fields) {
      for (const { id, box, ignore } of boxes) {
        if (ignore || id === undefined) continue
        if (found.value.has(id))
          found.problems.push({ file: path, where: `cell ${id}`, why: 'another cell has this number' })
        else found.value.set(id, { id, image: file, box, umPerPixel })
      }
    }
  }
  return found
}

/** The cells that a list names, a number a line, in its order; empty lines and those that begin with # are passed over. */
async function listed(
  file: string,
  known: ReadonlyMap<number, LabelledCell>,
): Promise<Inspected<LabelledCell[]>> {
  const text = await textIn(file, 'list of cells', 'LABELS_NOT_READABLE')
  const chosen = new Map<number, LabelledCell>()
  const found: Inspected<LabelledCell[]> = { value: [], problems: [] }
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const word = line.trim()
    if (word === '' || word.startsWith('#')) continue
    const cell = known.get(Number(word))
    const refuse = (why: string) => found.problems.push({ file, where: `line ${at + 1}`, why })
    if (cell === undefined) refuse(`'${word}' is not the number of a cell in these labels`)
    else if (chosen.has(cell.id)) refuse(`cell ${cell.id} is listed a second time`)
    else chosen.set(cell.id, cell)
  }
  return { ...found, value: [...chosen.values()] }
}
