import { join } from 'node:path'
import {
  checkFields,
  type FormatName,
  type LabelledField,
  splitByHash,
  splitsOfIndex,
  writeLabelSet,
} from '../../annotation/index.ts'
import { openOutput, writeWhole } from '../output.ts'
import { counted, labelsIn, reportProblems } from './read.ts'

type Options = {
  out: string
  from?: FormatName
  to: FormatName
  images?: string
  index?: string
  splitByHash?: boolean
  scale?: number
}

/** `label convert`: labels in one format in, in another out. What is wrong with them is said; the sound rest is written. */
export async function convertLabels(path: string, options: Options): Promise<void> {
  const { fields, incomplete, problems } = await labelsIn(path, {
    format: options.from,
    images: options.images,
  })
  reportProblems([...problems, ...checkFields(fields)])
  const completed = await completedBy(fields, options)
  const { files, lost } = writeLabelSet(completed, options.to)
  for (const { name, text } of files) {
    await openOutput(join(options.out, name, '..'), false)
    await writeWhole(join(options.out, name), text)
  }
  for (const sentence of lost) process.stderr.write(`${sentence}\n`)
  const boxes = fields.reduce((sum, field) => sum + field.boxes.length, 0)
  const missing = incomplete.length === 0 ? '' : `; ${counted(incomplete.length, 'image')} left out`
  console.log(
    `${counted(fields.length, 'image')} with ${counted(boxes, 'box', 'boxes')} written as ${options.to} in ${options.out}${missing}`,
  )
}

/** Fields with the split and the scale that the caller gives. Errors: those of `splitsOfIndex`. */
async function completedBy(fields: readonly LabelledField[], options: Options): Promise<LabelledField[]> {
  const splitOf = options.index
    ? await splitsOfIndex(options.index, (told) => reportProblems([told]))
    : options.splitByHash
      ? (file: string) => splitByHash(file)
      : undefined
  return fields.map((field) => ({
    ...field,
    ...(splitOf ? { split: splitOf(field.file) } : {}),
    ...(options.scale === undefined ? {} : { umPerPixel: options.scale }),
  }))
}
