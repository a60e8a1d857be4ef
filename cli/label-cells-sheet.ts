import { join } from 'node:path'
import { shuffled, stem } from '../annotation/index.ts'
import { openImage } from '../vision/index.ts'
import { openOutput, writeWhole } from './analyze-output.ts'
import { type CellToRead, cellSheet } from './label-cells-picture.ts'
import { imagesByName } from './label-check.ts'
import { counted, labelsIn, reportProblems } from './label-read.ts'

type Options = {
  images: string
  out: string
  perSheet: number
  columns: number
  side: number
  fieldOfView: number
  seed: number
}

/** `label cells sheet`: pictures of single cells in a random order, and beside each an answer file to fill in. */
export async function labelCellSheets(labels: string, options: Options): Promise<void> {
  const cells = shuffled(await cellsIn(labels, options.images), options.seed)
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

/** The cells of a label file that are to be read: every box that is not ignored, with its number. */
async function cellsIn(labels: string, images: string): Promise<CellToRead[]> {
  const { fields, problems } = await labelsIn(labels, { images })
  reportProblems(problems)
  return fields.flatMap(({ file, umPerPixel, boxes }) =>
    boxes.flatMap(({ id, box, ignore }) =>
      ignore || id === undefined ? [] : [{ id, image: file, box, umPerPixel: umPerPixel ?? 0.1 }],
    ),
  )
}
