import {
  type LabelledCrop,
  type LabelledField,
  type LayoutName,
  layoutOf,
  readCrops,
  readFields,
  type Split,
  stem,
} from '../../annotation/index.ts'
import { type CellClass, MarrowscopeError } from '../../cytology/index.ts'
import { imagesIn } from '../label/find.ts'

export type DataOptions = {
  data: string
  split: Split
  layout?: LayoutName
  /** Folder with the images of COCO labels, where they lie apart from them. */
  images?: string
  /** Table whose column image names the images to measure on; others are left out. */
  only?: string
  /** µm per pixel of all images; by default what is known of each source. */
  scale?: number
  /** Crops of these types only. */
  types?: readonly CellClass[]
  /** At most so many images of each source, evenly spread over it. */
  limit?: number
}

/** Layouts of crops that are centred on one cell and have no boxes. */
const CROP_LAYOUTS: readonly LayoutName[] = ['indexed-crops', 'folders']

/** What a detector is measured on: the labelled fields, and the crops of those sources that have nothing else. */
export async function detectorData(
  options: DataOptions,
): Promise<{ fields: LabelledField[]; crops: LabelledCrop[] }> {
  const fields: LabelledField[] = []
  const crops: LabelledCrop[] = []
  const wanted = await wantedOf(options)
  for (const { dir, layout } of await layoutOf(options.data, reading(options))) {
    const read = { ...reading(options), layout }
    if (CROP_LAYOUTS.includes(layout))
      crops.push(...limited(wanted(await readCrops(dir, options.split, read)), options))
    else fields.push(...limited(wanted(await readFields(dir, options.split, read)), options))
  }
  if (fields.length + crops.length === 0) throw nothingLabelled(options)
  return { fields, crops }
}

/** What a recogniser is measured on: every cell whose type is known. */
export async function recogniserData(options: DataOptions): Promise<LabelledCrop[]> {
  const { types } = options
  const wanted = await wantedOf(options)
  const all = wanted(await readCrops(options.data, options.split, reading(options)))
  const crops = limited(types ? all.filter(({ type }) => types.some((name) => name === type)) : all, options)
  if (crops.length === 0) throw nothingLabelled(options)
  return crops
}

function reading({ layout, scale, images }: DataOptions) {
  return {
    ...(layout && { layout }),
    ...(scale !== undefined && { umPerPixel: scale }),
    ...(images !== undefined && { images }),
  }
}

/** Leaves the images of the table `only`, by their names without folder and ending. */
async function wantedOf({ only }: DataOptions) {
  const names = only === undefined ? undefined : await imagesIn(only)
  return <T extends { file: string }>(items: readonly T[]): T[] =>
    items.filter(({ file }) => names?.has(stem(file)) ?? true)
}

function limited<T extends { source: string; file: string }>(
  items: readonly T[],
  { limit }: DataOptions,
): T[] {
  if (limit === undefined) return [...items]
  return [...Map.groupBy(items, ({ source }) => source).values()].flatMap((ofSource) => {
    const files = [...new Set(ofSource.map(({ file }) => file))]
    const count = Math.min(limit, files.length)
    const chosen = new Set(
      Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]),
    )
    return ofSource.filter(({ file }) => chosen.has(file))
  })
}

function nothingLabelled({ data, split, only }: DataOptions): MarrowscopeError {
  return new MarrowscopeError(
    'SPLIT_EMPTY',
    `There are no labelled cells for the split ${split} in ${data}${only === undefined ? '; choose another split or folder.' : ` among the images of ${only}; choose another split, folder or table.`}`,
    { file: data },
  )
}
