import { basename, join, resolve } from 'node:path'
import { isCellClass } from '../../cytology/cell-types.ts'
import { MarrowscopeError } from '../../cytology/errors.ts'
import { boxCentre, type LabelledCrop, type LabelledField, type Split } from '../labelled-image.ts'
import { coco } from './coco.ts'
import { foldersIn, isFolder } from './files.ts'
import { folders } from './folders.ts'
import { indexedCrops } from './indexed-crops.ts'
import type { Layout, LayoutName, ReadOptions, Source } from './layout.ts'
import { LAYOUT_NAMES } from './layout.ts'
import { scaleRequired } from './scales.ts'
import { segpc } from './segpc.ts'
import { txlPbc } from './txl-pbc.ts'
import { voc } from './voc.ts'

/** The first that matches is taken, so the particular ones come before the general ones. */
const LAYOUTS: Record<LayoutName, Layout> = {
  'indexed-crops': indexedCrops,
  segpc,
  txl_pbc: txlPbc,
  voc,
  folders,
  coco,
}

/**
 * The sources in a folder: the folder itself where its layout is known, else those of its sub-folders whose layout is.
 *
 * Errors: DATA_NOT_FOUND, LAYOUT_UNKNOWN; COCO_INVALID where a JSON file cannot be parsed; IMAGES_NOT_APART where a folder of
 * images is given and a source's layout says itself where its images lie.
 */
export async function layoutOf(dir: string, options: ReadOptions = {}): Promise<Source[]> {
  const root = resolve(dir)
  for (const folder of [dir, ...(options.images === undefined ? [] : [options.images])]) {
    if (await isFolder(resolve(folder))) continue
    throw new MarrowscopeError('DATA_NOT_FOUND', `There is no folder ${folder}; check its name.`, {
      file: folder,
    })
  }
  const sources = await sourcesIn(root, dir, options)
  const other = options.images === undefined ? undefined : sources.find(({ layout }) => layout !== 'coco')
  if (other === undefined) return sources
  throw new MarrowscopeError(
    'IMAGES_NOT_APART',
    `The labels in ${other.dir} are in the layout ${other.layout}, which says where its images lie; leave out the folder of images, which is for COCO labels.`,
    { file: other.dir },
  )
}

async function sourcesIn(root: string, dir: string, options: ReadOptions): Promise<Source[]> {
  const layout = options.layout ?? (await recognise(root))
  if (layout !== undefined) return [{ name: basename(root), dir: root, layout }]
  const sources: Source[] = []
  for (const name of await foldersIn(root)) {
    const within = await recognise(join(root, name))
    if (within !== undefined) sources.push({ name, dir: join(root, name), layout: within })
  }
  if (sources.length === 0) {
    throw new MarrowscopeError(
      'LAYOUT_UNKNOWN',
      `There are no labels in ${dir} that can be read; the layouts are ${LAYOUT_NAMES.join(', ')}.`,
      { file: dir },
    )
  }
  return sources
}

/**
 * The labelled fields of a split, of all sources in a folder; sources of single crops have none.
 *
 * Errors: those of layoutOf, and of the readers: LABELS_NOT_READABLE, TABLE_INVALID, COCO_INVALID, VOC_INVALID, YOLO_INVALID,
 * LABELLED_IMAGE_MISSING.
 */
export async function readFields(
  dir: string,
  split: Split,
  options: ReadOptions = {},
): Promise<LabelledField[]> {
  const sources = await layoutOf(dir, options)
  const fields = await Promise.all(sources.map((source) => fieldsOf(source, split, options)))
  return fields.flat()
}

/**
 * The cells of known type of a split, of all sources in a folder: single crops, and cells of fields whose label is a type.
 *
 * Errors: those of readFields, and SCALE_REQUIRED, CLASS_UNKNOWN; those of openImage for class-named folders.
 */
export async function readCrops(
  dir: string,
  split: Split,
  options: ReadOptions = {},
): Promise<LabelledCrop[]> {
  const sources = await layoutOf(dir, options)
  const crops = await Promise.all(
    sources.map(async (source) => {
      const own = await LAYOUTS[source.layout].crops?.(source, split, options)
      return own ?? cropsOfFields(await fieldsOf(source, split, options))
    }),
  )
  return crops.flat()
}

/**
 * The cells of fields whose label is a cell type, each centred on its box; ignored boxes are left out.
 *
 * Errors: SCALE_REQUIRED.
 */
function cropsOfFields(fields: readonly LabelledField[]): LabelledCrop[] {
  return fields.flatMap(({ file, source, umPerPixel, boxes }) =>
    boxes
      .filter(({ label, ignore }) => !ignore && isCellClass(label))
      .map(({ box, label }) => {
        if (umPerPixel === undefined) throw scaleRequired(file)
        return { file, source, type: label, umPerPixel, centre: boxCentre(box) }
      }),
  )
}

async function fieldsOf(source: Source, split: Split, options: ReadOptions): Promise<LabelledField[]> {
  return (await LAYOUTS[source.layout].fields?.(source, split, options)) ?? []
}

async function recognise(dir: string): Promise<LayoutName | undefined> {
  for (const name of LAYOUT_NAMES) {
    if (await LAYOUTS[name].matches(dir)) return name
  }
  return undefined
}
