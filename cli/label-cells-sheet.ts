import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Inspected, shuffled, stem } from '../annotation/index.ts'
import { MarrowscopeError } from '../cytology/index.ts'
import { openImage } from '../vision/index.ts'
import { openOutput, writeWhole } from './analyze-output.ts'
import { type CellToRead, cellSheet } from './label-cells-picture.ts'
import { imagesByName } from './label-check.ts'
import { counted, labelsIn, reportProblems } from './label-read.ts'

type Options = {
  images: string
  out: string
  only?: string
  perSheet: number
  columns: number
  side: number
  fieldOfView: number
  seed: number
}

/**
 * `label cells sheet`: pictures of single cells in a random order, or those of a list in its order, and beside each an answer
 * file to fill in. Nothing is drawn while a number is doubled in the labels or the list is wrong.
 *
 * Errors: LABELS_NOT_READABLE and those of `labelsIn`, `openImage` and `writeWhole`.
 */
export async function labelCellSheets(labels: string[], options: Options): Promise<void> {
  const known = await cellsIn(labels, options.images)
  const { value: cells, problems } =
    options.only === undefined
      ? { value: shuffled([...known.value.values()], options.seed), problems: [] }
      : listed(await listText(options.only), options.only, known.value)
  reportProblems([...known.problems, ...problems])
  if (known.problems.length + problems.length > 0) return
  const images = await imagesByName(options.images)
  const imageOf = (name: string) => openImage(images.get(stem(name)) ?? join(options.images, name))
  await openOutput(options.out, false)
  const sheets = Math.ceil(cells.length / options.perSheet)
  for (let number = 0; number < sheets; number++) {
    const shown = cells.slice(number * options.perSheet, (number + 1) * options.perSheet)
    const name = join(options.out, `sheet-${`${number + 1}`.padStart(3, '0')}`)
    await writeWhole(`${name}.png`, await cellSheet(shown, imageOf, options))
    await writeWhole(`${name}.txt`, shown.map(({ id }) => `${id} \n`).join(''))
  }
  console.log(`${counted(cells.length, 'cell')} on ${counted(sheets, 'sheet')} in ${options.out}`)
}

/** The cells of label files that are to be read, by number: every box that is not ignored. A doubled number is a problem. */
async function cellsIn(
  labels: readonly string[],
  images: string,
): Promise<Inspected<Map<number, CellToRead>>> {
  const found: Inspected<Map<number, CellToRead>> = { value: new Map(), problems: [] }
  for (const path of labels) {
    const { fields, problems } = await labelsIn(path, { images })
    reportProblems(problems)
    for (const { file, umPerPixel, boxes } of fields) {
      for (const { id, box, ignore } of boxes) {
        if (ignore || id === undefined) continue
        if (found.value.has(id))
          found.problems.push({ file: path, where: `cell ${id}`, why: 'another cell has this number' })
        else found.value.set(id, { id, image: file, box, umPerPixel: umPerPixel ?? 0.1 })
      }
    }
  }
  return found
}

/** The cells that a list names, a number a line, in its order; empty lines and those that begin with # are passed over. */
function listed(text: string, file: string, known: ReadonlyMap<number, CellToRead>): Inspected<CellToRead[]> {
  const chosen = new Map<number, CellToRead>()
  const found: Inspected<CellToRead[]> = { value: [], problems: [] }
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

async function listText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new MarrowscopeError(
      'LABELS_NOT_READABLE',
      `The list of cells ${file} cannot be read; check the name.`,
      { file, cause },
    )
  }
}
