import { basename, dirname, join, resolve } from 'node:path'
import { CELL_CLASSES, type CellClass } from '../../cytology/cell-types.ts'
import { MarrowscopeError } from '../../cytology/errors.ts'
import { CERTAINTIES } from '../cell-readings.ts'
import { type CocoImage, isCoco, parseCoco } from '../coco/coco.ts'
import { fieldsOfCoco } from '../coco/fields.ts'
import { openImageFolder } from '../image-folder.ts'
import { parseJson } from '../json-text.ts'
import { readLabels } from '../label-file.ts'
import { boxCentre, type LabelledField, type Split } from '../labelled-image.ts'
import { type Row, readTable } from '../table.ts'
import { filesIn, foldersIn, isFile } from './files.ts'
import type { Layout, ReadOptions, Source } from './layout.ts'
import { scaleRequired } from './scales.ts'
import { splitIn } from './split.ts'

/**
 * A folder with COCO labels: any *.json in COCO form in it, in annotations/, or in a folder of a split. The split of an image
 * is told by its `split`, else by the name of the labels, else by their folder; where nothing tells it, the image belongs to
 * every split. Images lie beside the labels or in images/, or in the folder that `images` names.
 */
export const coco: Layout = {
  async matches(dir) {
    for (const file of await jsonFiles(dir)) {
      if (isCoco(parseJson(await readLabels(file), file))) return true
    }
    return false
  },

  fields: readFields,

  async crops(source, split, options) {
    const types = join(source.dir, READ_TYPES)
    if (!(await isFile(types))) return undefined
    const read = new Map((await readTable(types)).flatMap((row) => trusted(row)))
    return (await readFields(source, split, options)).flatMap(({ file, source: name, umPerPixel, boxes }) =>
      boxes.flatMap(({ id, box }) => {
        const type = id === undefined ? undefined : read.get(id)
        if (type === undefined) return []
        if (umPerPixel === undefined) throw scaleRequired(file)
        return [{ file, source: name, type, umPerPixel, centre: boxCentre(box) }]
      }),
    )
  },
}

/** Types of single cells that were read from their pictures, beside the boxes: what `label cells apply` writes. */
const READ_TYPES = 'types.csv'

/** A cell's number and type, where it is no guess and two readers, if two read it, do not differ. */
function trusted(row: Row): [number, CellClass][] {
  if (row.oneOf('certainty', CERTAINTIES) === 'guess' || row.optional('agreed') === 'no') return []
  return [[row.number('cell'), row.oneOf('type', CELL_CLASSES)]]
}

async function readFields(
  source: Source,
  split: Split,
  { umPerPixel, images: apart }: ReadOptions,
): Promise<LabelledField[]> {
  const fields: LabelledField[] = []
  for (const file of await jsonFiles(source.dir)) {
    const data = parseJson(await readLabels(file), file)
    if (!isCoco(data)) continue
    const document = parseCoco(data, file)
    const splitOfFile = splitIn(basename(file)) ?? splitIn(basename(dirname(file)))
    const images = document.images.filter((image) => (splitOf(image) ?? splitOfFile ?? split) === split)
    const paths = new Map(
      await Promise.all(
        images.map(async (image) => [image, await locate(image, file, source.dir, split, apart)] as const),
      ),
    )
    const chosen = { ...document, images }
    fields.push(...fieldsOfCoco(chosen, source.name, (image) => paths.get(image)!, { keep: true }))
  }
  return umPerPixel === undefined ? fields : fields.map((field) => ({ ...field, umPerPixel }))
}

async function jsonFiles(dir: string): Promise<string[]> {
  const within = (await foldersIn(dir)).filter(
    (name) => name === 'annotations' || splitIn(name) !== undefined,
  )
  const dirs = [dir, ...within.map((name) => join(dir, name))]
  const files = await Promise.all(
    dirs.map(async (d) => (await filesIn(d, /\.json$/i)).map((name) => join(d, name))),
  )
  return files.flat()
}

function splitOf(image: CocoImage) {
  return image.split === undefined ? undefined : splitIn(image.split)
}

async function locate(
  image: CocoImage,
  labels: string,
  dir: string,
  split: string,
  apart: string | undefined,
): Promise<string> {
  const places = apart === undefined ? [dirname(labels), dir] : [apart]
  const roots = places.flatMap((d) => [d, join(d, 'images'), join(d, split), join(d, 'images', split)])
  for (const root of roots) {
    const path = resolve(root, image.file_name)
    if (await isFile(path)) return path
  }
  for (const place of places) {
    const { images } = await openImageFolder(place)
    const match = images.find(image.file_name)
    // Another folder or ending would be a guess, and nobody is here to be told of it.
    if (match && 'value' in match && match.differs.every((what) => what === 'spelling')) return match.value
  }
  throw new MarrowscopeError(
    'LABELLED_IMAGE_MISSING',
    apart === undefined
      ? `The image ${image.file_name} of ${labels} is not there; put it beside the labels or into images/, or say where the images lie.`
      : `The image ${image.file_name} of ${labels} is not in ${apart}; put it there or give the folder that holds the images.`,
    { file: labels },
  )
}
