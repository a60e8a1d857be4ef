import { basename, dirname, join } from 'node:path'
import { imageSize } from '../image-folder.ts'
import { isLoss, type LabelProblem, problemsOf } from '../label-problems.ts'
import { filesEnding, type LabelSetFormat, losses } from '../label-set/format.ts'
import { type SetImages, setImages } from '../label-set/images.ts'
import { type ReadFile, readEach, wholeSet } from '../label-set/whole.ts'
import { inspectText } from '../label-text.ts'
import { isFolder, isImage } from '../layouts/files.ts'
import { stem } from '../name-index.ts'
import { type ClassNames, type NamesFile, namesFilesOf } from './names.ts'
import { inspectYolo, toYolo } from './yolo.ts'

const CLASSES = 'classes.txt'

/**
 * A file that names the classes, and a text file an image below it. Lists of images, as train.txt, are passed over. Written
 * as classes.txt and labels/.
 */
export const yoloSet: LabelSetFormat = {
  matches: async (path) => (await namesFilesOf(path)).length > 0,

  async read(path, { images: folder }) {
    const namesFiles = await namesFilesOf(path)
    const problems = namesFiles.flatMap((found) => found.problems)
    const names = namesOf(namesFiles, path, problems)
    if (names === undefined) return { value: [], incomplete: [], problems }
    const keyPoints = Math.max(...namesFiles.map((found) => found.keyPoints))
    const images = await setImages(path, folder ?? (await imagesOf(path, namesFiles[0]!.file)))
    const files = (await filesEnding(path, '.txt')).filter((file) => basename(file).toLowerCase() !== CLASSES)
    const read = await readEach(files, (file) => readFile(file, basename(path), images, { names, keyPoints }))
    return wholeSet(read.fields, [...problems, ...read.problems, ...images.told()])
  },

  write(fields) {
    const names = [
      ...new Set(fields.flatMap(({ boxes }) => boxes.filter((b) => !b.ignore).map((b) => b.label))),
    ].sort()
    return {
      files: [
        { name: CLASSES, text: names.map((name) => `${name}\n`).join('') },
        ...fields.map((field) => ({
          name: `labels/${stem(field.file)}.txt`,
          text: toYolo(field, names).text,
        })),
      ],
      lost: losses(fields, 'YOLO', []),
    }
  },
}

/** The names of the classes; where there are none, or two files differ, that is noted. */
function namesOf(
  files: readonly NamesFile[],
  path: string,
  problems: LabelProblem[],
): ClassNames | undefined {
  const [first] = files
  const { problems: wrong, note } = problemsOf(first?.file ?? path)
  const other = files.find(({ names }) => names.join('\n') !== first!.names.join('\n'))
  if (first === undefined) note('names', 'there is no classes.txt and no data.yaml that names the classes')
  else if (other !== undefined)
    note('names', `${other.file} names the classes otherwise, so no labels are read`)
  problems.push(...wrong)
  return first === undefined || other !== undefined || problems.some(isLoss) ? undefined : first.names
}

/** Where images lie that nobody gave: in images/ beside the names of the classes, else anywhere below the labels. */
async function imagesOf(path: string, namesFile: string): Promise<string> {
  for (const folder of [join(path, 'images'), join(dirname(namesFile), 'images')]) {
    if (await isFolder(folder)) return folder
  }
  return (await isFolder(path)) ? path : dirname(path)
}

async function readFile(
  file: string,
  source: string,
  images: SetImages,
  classes: { names: ClassNames; keyPoints: number },
): Promise<ReadFile> {
  const { value: text, problems } = await inspectText(file)
  if (text === undefined || isListOfImages(text)) return { fields: [], problems }
  const notes = problemsOf(file)
  const place = images.byFile(file, notes)
  const size = place?.path === undefined ? undefined : await imageSize(place.path)
  if (place !== undefined && size === undefined)
    notes.note('image', `${place.file} cannot be read, and YOLO does not state its size`)
  const all = [...problems, ...notes.problems]
  if (place === undefined || size === undefined) return { fields: [], problems: all }
  const { value: boxes, problems: wrong } = inspectYolo(text, { file, ...size, ...classes })
  const field = { file: place.file, source, ...size, boxes }
  const read = { field, labelFile: file, sure: place.sure, whole: !wrong.some(isLoss) }
  return { fields: [read], problems: [...all, ...wrong] }
}

/** Whether a text file lists images, a path a line, and labels none. */
function isListOfImages(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => isImage(line.trim()))
}
