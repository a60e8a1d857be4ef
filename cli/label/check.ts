import { relative, resolve } from 'node:path'
import {
  checkFields,
  type FormatName,
  imageSize,
  isFault,
  type LabelledField,
  type LabelProblem,
  nameIndex,
} from '../../annotation/index.ts'
import { findImages } from '../analyze/files.ts'
import { counted, labelsIn, reportProblems } from './read.ts'

type Options = { images?: string; format?: FormatName; known?: string }

/** `label check`: all that is wrong, a line each; exit code 1 where there is any. */
export async function checkLabels(paths: string[], options: Options): Promise<void> {
  const problems: LabelProblem[] = []
  const fields: LabelledField[] = []
  let leftOut = 0
  for (const path of paths) {
    const read = await labelsIn(path, options)
    const all = [...read.fields, ...read.incomplete]
    const sizeOf = options.images === undefined ? undefined : await sizesIn(options.images, all)
    const known = options.known === undefined ? {} : { labels: options.known.split(',') }
    const told = new Set(read.problems.map(sentenceOf))
    const checked = checkFields(all, { ...known, sizeOf }).filter((found) => !told.has(sentenceOf(found)))
    problems.push(...read.problems, ...checked)
    fields.push(...read.fields)
    leftOut += read.incomplete.length
  }
  reportProblems(problems)
  const boxes = fields.reduce((sum, field) => sum + field.boxes.length, 0)
  const ignored = fields.reduce((sum, field) => sum + field.boxes.filter(({ ignore }) => ignore).length, 0)
  const missing = leftOut === 0 ? '' : `; ${counted(leftOut, 'image')} left out`
  console.log(
    `${counted(fields.length, 'image')}, ${counted(boxes, 'box', 'boxes')}, ${ignored} of them ignored${missing}; ${counted(problems.filter(isFault).length, 'problem')}.`,
  )
}

const sentenceOf = ({ file, where, why }: LabelProblem) => `${file}, ${where}: ${why}`

/** The true sizes of the fields' images. */
async function sizesIn(folder: string, fields: readonly LabelledField[]) {
  const imageOf = await imageFinder(folder)
  const sizes = new Map<string, { width: number; height: number } | undefined>()
  for (const { file } of fields) {
    const image = imageOf(file)
    sizes.set(file, image === undefined ? undefined : await imageSize(image))
  }
  return ({ file }: LabelledField) => sizes.get(file)
}

/**
 * Finds the image in a folder and below that labels name; undefined where it is not there or several may be meant.
 *
 * Errors: NO_IMAGES_FOUND, FOLDER_NOT_READABLE.
 */
export async function imageFinder(folder: string): Promise<(name: string) => string | undefined> {
  const root = resolve(folder)
  const { files, failures } = await findImages([root], '')
  if (failures[0]) throw failures[0]
  const images = nameIndex(
    files.map((file) => [relative(root, file), file]),
    root,
  )
  return (name) => {
    const match = images.find(name)
    return match && 'value' in match ? match.value : undefined
  }
}
