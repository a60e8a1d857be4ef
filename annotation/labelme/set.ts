import { basename } from 'node:path'
import { imageSize } from '../image-folder.ts'
import { readJson } from '../json-text.ts'
import { isLoss, problemsOf } from '../label-problems.ts'
import { filesEnding, type LabelSetFormat, someText } from '../label-set/format.ts'
import { type SetImages, setImages } from '../label-set/images.ts'
import { type ReadFile, readEach, wholeSet } from '../label-set/whole.ts'
import { inspectText } from '../label-text.ts'
import { stem } from '../name-index.ts'
import { imagePathIn, inspectLabelme, isLabelme, saysSize } from './labelme.ts'
import { toLabelme } from './write.ts'

/** A labelme file an image; other JSON files of the folder are said to be none. */
export const labelmeSet: LabelSetFormat = {
  matches: (path) => someText(path, '.json', seemsLabelme),

  async read(path, { images: folder }) {
    const images = await setImages(path, folder)
    const files = await filesEnding(path, '.json')
    const { fields, problems } = await readEach(files, (file) => readFile(file, basename(path), images))
    return wholeSet(fields, [...problems, ...images.told()])
  },

  write: (fields) => ({
    files: fields.map((field) => ({
      name: `${stem(field.file)}.json`,
      text: toLabelme(field, field.file),
    })),
    lost: [],
  }),
}

async function readFile(file: string, source: string, images: SetImages): Promise<ReadFile> {
  const { value: text, problems } = await inspectText(file)
  if (text === undefined) return { fields: [], problems }
  const notes = problemsOf(file)
  const { value: data } = readJson(text)
  const place = isLabelme(data) ? images.byNameOrFile(imagePathIn(data), file, notes) : undefined
  const size = saysSize(data) || place?.path === undefined ? undefined : await imageSize(place.path)
  const inspected = inspectLabelme(text, file, size)
  const all = [...problems, ...notes.problems, ...inspected.problems]
  if (inspected.value === undefined || place === undefined) return { fields: [], problems: all }
  const { imagePath: _, ...field } = inspected.value
  const whole = !inspected.problems.some(isLoss)
  const read = { field: { file: place.file, source, ...field }, labelFile: file, sure: place.sure, whole }
  return { fields: [read], problems: all }
}

/** Whether a text is a labelme file, or would be if it were sound JSON. */
function seemsLabelme(text: string): boolean {
  const { value, fault } = readJson(text)
  return fault ? /"shapes"\s*:/.test(text) && /"imagePath"\s*:/.test(text) : isLabelme(value)
}
