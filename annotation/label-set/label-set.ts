import { join } from 'node:path'
import { MarrowscopeError } from '../../cytology/errors.ts'
import { cocoSet } from '../coco/set.ts'
import { imageSize } from '../image-folder.ts'
import { otherSize, problemsOf } from '../label-problems.ts'
import type { LabelledField } from '../labelled-image.ts'
import { labelmeSet } from '../labelme/set.ts'
import { vocSet } from '../voc/set.ts'
import { yoloSet } from '../yolo/set.ts'
import type { InspectedSet, ReadSetOptions, WrittenSet } from './format.ts'

const FORMATS = { labelme: labelmeSet, coco: cocoSet, voc: vocSet, yolo: yoloSet }

export type FormatName = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[]

/** The format in which a file or folder keeps labels, as far as its contents tell. */
export async function formatOf(path: string): Promise<FormatName | undefined> {
  for (const name of FORMAT_NAMES) if (await FORMATS[name].matches(path)) return name
  return undefined
}

/**
 * All labels of a file or folder in one format, whatever their split, and all that is wrong with them. A field's file is
 * the path of its image within `images` where it is found there, else the name as the labels give it. Foreign keys are
 * passed over; what had to be guessed is among the problems. A field of which a cell cannot be read is left out, and so is one
 * whose image has another size than its labels say.
 */
export async function readLabelSet(
  path: string,
  format: FormatName,
  options: ReadSetOptions = {},
): Promise<InspectedSet> {
  const set = await FORMATS[format].read(path, options)
  return options.images === undefined ? set : ofTheirSize(set, options.images)
}

/** Left out are fields whose image, where it is there, has another size than the labels say: their boxes lie elsewhere. */
async function ofTheirSize(set: InspectedSet, images: string): Promise<InspectedSet> {
  const fit: InspectedSet = { value: [], incomplete: [...set.incomplete], problems: [...set.problems] }
  for (const field of set.value) {
    const size = await imageSize(join(images, field.file))
    if (size === undefined || (size.width === field.width && size.height === field.height)) {
      fit.value.push(field)
      continue
    }
    const { problems, note } = problemsOf(field.file)
    note('image', otherSize(size, field))
    fit.problems.push(...problems)
    fit.incomplete.push(field)
  }
  return fit
}

/**
 * The files that hold fields in one format, and in words what the format cannot hold.
 *
 * Errors: LABELS_COLLIDE where two images would share a file, which differ in folder or ending only.
 */
export function writeLabelSet(fields: readonly LabelledField[], format: FormatName): WrittenSet {
  const set = FORMATS[format].write(fields)
  const names = new Set<string>()
  for (const { name } of set.files) {
    if (names.has(name)) {
      throw new MarrowscopeError(
        'LABELS_COLLIDE',
        `Two images would both be labelled by ${name}; give them names that differ before the ending.`,
        { file: name },
      )
    }
    names.add(name)
  }
  return set
}
