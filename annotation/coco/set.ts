import { basename } from 'node:path'
import { imageSize } from '../image-folder.ts'
import { readJson } from '../json-text.ts'
import { problemsOf } from '../label-problems.ts'
import { filesEnding, type LabelSetFormat, someText } from '../label-set/format.ts'
import { type SetImages, setImages } from '../label-set/images.ts'
import { type ReadField, type ReadFile, readEach, wholeSet } from '../label-set/whole.ts'
import { inspectText } from '../label-text.ts'
import { imagesWithoutSize, inspectCoco, isCoco, type Size } from './coco.ts'
import { fieldsOfCoco, toCoco } from './fields.ts'

/** One COCO file, or a folder of them. Written as one file a split, the categories in the same order in each. */
export const cocoSet: LabelSetFormat = {
  matches: (path) => someText(path, '.json', seemsCoco),

  async read(path, { images: folder }) {
    const images = await setImages(path, folder)
    const files = await filesEnding(path, '.json')
    const { fields, problems } = await readEach(files, (file) => readFile(file, basename(path), images))
    return wholeSet(fields, [...problems, ...images.told()])
  },

  write(fields) {
    const labels = [...new Set(fields.flatMap(({ boxes }) => boxes.map(({ label }) => label)))].sort()
    // Ids are given over all splits, so that the files can be joined.
    const whole = toCoco(fields, ({ file }) => file, labels)
    const files = [...Map.groupBy(whole.images, ({ split }) => split ?? 'labels')].map(([split, images]) => {
      const ids = new Set(images.map(({ id }) => id))
      const annotations = whole.annotations.filter(({ image_id }) => ids.has(image_id))
      return { name: `${split}.json`, text: cocoText({ ...whole, images, annotations }) }
    })
    return { files, lost: [] }
  },
}

/** A line an element, so that two versions can be compared line by line. */
function cocoText(document: object): string {
  const parts = Object.entries(document).map(
    ([key, list]) =>
      `${JSON.stringify(key)}: [\n${(list as unknown[]).map((e) => JSON.stringify(e)).join(',\n')}\n]`,
  )
  return `{\n${parts.join(',\n')}\n}\n`
}

async function readFile(file: string, source: string, images: SetImages): Promise<ReadFile> {
  const { value: text, problems } = await inspectText(file)
  if (text === undefined) return { fields: [], problems }
  const notes = problemsOf(file)
  const { value: data, fault, noNumbers } = readJson(text)
  for (const { where, why } of noNumbers) notes.tell(where, why)
  if (fault) {
    notes.note(fault.where, fault.why)
    return { fields: [], problems: [...problems, ...notes.problems] }
  }
  const sizes = await sizesOf(imagesWithoutSize(data), file, images)
  const { value, incomplete, problems: found } = inspectCoco(data, file, (name) => sizes.get(name))
  const places = new Map(value.images.map((image) => [image, images.byName(image.file_name, file, notes)]))
  const located = fieldsOfCoco(value, source, (image) => places.get(image)?.file ?? '', { keep: true })
  const fields = value.images.flatMap((image, at): ReadField[] => {
    const place = places.get(image)
    const whole = !incomplete.has(image.id)
    return place === undefined ? [] : [{ field: located[at]!, labelFile: file, sure: place.sure, whole }]
  })
  return { fields, problems: [...problems, ...notes.problems, ...found] }
}

/** The sizes of images by their names in the labels, as far as these are there. */
async function sizesOf(
  names: readonly string[],
  file: string,
  images: SetImages,
): Promise<Map<string, Size>> {
  const sizes = new Map<string, Size>()
  for (const name of names) {
    // What is to be told of the name is told once, where its field is read.
    const path = images.byName(name, file, problemsOf(file))?.path
    const size = path === undefined ? undefined : await imageSize(path)
    if (size !== undefined) sizes.set(name, size)
  }
  return sizes
}

/** Whether a text holds COCO labels, or would if it were sound JSON. */
function seemsCoco(text: string): boolean {
  const { value, fault } = readJson(text)
  return fault ? /"images"\s*:/.test(text) && /"annotations"\s*:/.test(text) : isCoco(value)
}
