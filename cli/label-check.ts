import {
  checkFields,
  type FormatName,
  imageSize,
  type LabelledField,
  type LabelProblem,
  stem,
} from '../annotation/index.ts'
import { findImages } from './analyze-files.ts'
import { counted, labelsIn, reportProblems } from './label-read.ts'

type Options = { images?: string; format?: FormatName; known?: string }

/** `label check`: all that is wrong, a line each; exit code 1 where there is any. */
export async function checkLabels(paths: string[], options: Options): Promise<void> {
  const problems: LabelProblem[] = []
  const fields: LabelledField[] = []
  for (const path of paths) {
    const read = await labelsIn(path, options)
    const sizeOf = options.images === undefined ? undefined : await sizesIn(options.images, read.fields)
    const known = options.known === undefined ? {} : { labels: options.known.split(',') }
    problems.push(...read.problems, ...checkFields(read.fields, { ...known, sizeOf }))
    fields.push(...read.fields)
  }
  reportProblems(problems)
  const boxes = fields.reduce((sum, field) => sum + field.boxes.length, 0)
  const ignored = fields.reduce((sum, field) => sum + field.boxes.filter(({ ignore }) => ignore).length, 0)
  console.log(
    `${counted(fields.length, 'image')}, ${counted(boxes, 'box', 'boxes')}, ${ignored} of them ignored; ${counted(problems.length, 'problem')}.`,
  )
}

/** The true sizes of the fields' images, looked up by their name without folder and ending. */
async function sizesIn(folder: string, fields: readonly LabelledField[]) {
  const images = await imagesByName(folder)
  const sizes = new Map<string, { width: number; height: number } | undefined>()
  for (const { file } of fields) {
    const image = images.get(stem(file))
    sizes.set(file, image === undefined ? undefined : await imageSize(image))
  }
  return ({ file }: LabelledField) => sizes.get(file)
}

/** The images in a folder and below by their name without folder and ending. Errors: NO_IMAGES_FOUND, FOLDER_NOT_READABLE. */
export async function imagesByName(folder: string): Promise<Map<string, string>> {
  const { files, failures } = await findImages([folder], '')
  if (failures[0]) throw failures[0]
  return new Map(files.map((file) => [stem(file), file]))
}
