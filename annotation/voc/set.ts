import { basename } from 'node:path'
import { imageSize } from '../image-folder.ts'
import { isLoss, type LabelProblem, problemsOf } from '../label-problems.ts'
import { filesEnding, type LabelSetFormat, losses, someText } from '../label-set/format.ts'
import { type SetImages, setImages } from '../label-set/images.ts'
import { type ReadFile, readEach, wholeSet } from '../label-set/whole.ts'
import { inspectText } from '../label-text.ts'
import { stem } from '../name-index.ts'
import { inspectVoc, toVoc, type VocHead, vocHead } from './voc.ts'

/** A Pascal VOC file an image, in Annotations/ when written. */
export const vocSet: LabelSetFormat = {
  matches: (path) => someText(path, '.xml', (text) => /<annotation[\s>]/.test(text)),

  async read(path, { images: folder }) {
    const images = await setImages(path, folder)
    const { texts, problems } = await textsIn(path)
    const fromZero = texts.find(({ head }) => head.fromZero)?.file
    if (fromZero !== undefined && texts.some(({ head }) => !head.fromZero)) {
      const { problems: told, tell } = problemsOf(path)
      tell(
        'all labels',
        `their boxes were read as counted from 0, for some begin there in ${basename(fromZero)}`,
      )
      problems.push(...told)
    }
    const read = await readEach(texts, (text) => {
      return readFile(text, basename(path), images, fromZero !== undefined)
    })
    return wholeSet(read.fields, [...problems, ...read.problems, ...images.told()])
  },

  write: (fields) => ({
    files: [
      ...fields.map((field) => ({
        name: `Annotations/${stem(field.file)}.xml`,
        text: toVoc(field, basename(field.file)),
      })),
      ...[...Map.groupBy(fields, ({ split }) => split)].flatMap(([split, some]) =>
        split === undefined
          ? []
          : [
              {
                name: `ImageSets/Main/${split}.txt`,
                text: some.map(({ file }) => `${stem(file)}\n`).join(''),
              },
            ],
      ),
    ],
    lost: losses(fields, 'Pascal VOC', ['ignored', 'splits']),
  }),
}

interface VocText {
  file: string
  text: string
  head: VocHead
}

async function textsIn(path: string): Promise<{ texts: VocText[]; problems: LabelProblem[] }> {
  const texts: VocText[] = []
  const problems: LabelProblem[] = []
  for (const file of await filesEnding(path, '.xml')) {
    const { value: text, problems: told } = await inspectText(file)
    problems.push(...told)
    if (text !== undefined) texts.push({ file, text, head: vocHead(text) })
  }
  return { texts, problems }
}

async function readFile(
  { file, text, head }: VocText,
  source: string,
  images: SetImages,
  fromZero: boolean,
): Promise<ReadFile> {
  const notes = problemsOf(file)
  const place = images.byNameOrFile(head.filename, file, notes)
  const missing = head.size === undefined && place?.path !== undefined
  const size = missing ? await imageSize(place.path!) : undefined
  const inspected = inspectVoc(text, file, { size, fromZero })
  const problems = [...notes.problems, ...inspected.problems]
  if (inspected.value === undefined || place === undefined) return { fields: [], problems }
  const { filename: _, ...field } = inspected.value
  const whole = !inspected.problems.some(isLoss)
  const read = { field: { file: place.file, source, ...field }, labelFile: file, sure: place.sure, whole }
  return { fields: [read], problems }
}
