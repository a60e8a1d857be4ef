import { type Static, Type } from 'typebox'
import { lengthIn, nameIn, textIn } from '../foreign-values.ts'
import { faults, type Inspected, type Notes, problemsOf, soundOrThrow } from '../label-problems.ts'
import { type CocoAnnotation, inspectAnnotations } from './annotations.ts'

const Id = Type.Union([Type.Integer(), Type.String()])
const Length = Type.Number({ exclusiveMinimum: 0 })

const CocoImage = Type.Object({
  id: Id,
  file_name: Type.String({ minLength: 1 }),
  width: Length,
  height: Length,
  split: Type.Optional(Type.String()),
  um_per_pixel: Type.Optional(Length),
})

const CocoCategory = Type.Object({ id: Id, name: Type.String({ minLength: 1 }) })

/**
 * The part of a COCO detection file that is read and written. Our own keys: `um_per_pixel` and `split` of an image,
 * `score` and `attributes` of an annotation.
 */
export type CocoDocument = {
  images: CocoImage[]
  annotations: CocoAnnotation[]
  categories: CocoCategory[]
}
export type CocoImage = Static<typeof CocoImage>
type CocoCategory = Static<typeof CocoCategory>

/** COCO labels as far as they are sound. */
export interface InspectedCoco extends Inspected<CocoDocument> {
  /** The ids of the images of which an annotation could not be read. */
  incomplete: ReadonlySet<CocoImage['id']>
}

export interface Size {
  width: number
  height: number
}

/** Whether data looks like COCO labels at all, so that it is worth saying what is wrong with them. */
export function isCoco(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'images' in data && 'annotations' in data
}

/**
 * Checks COCO labels, their references too.
 *
 * Errors: COCO_INVALID, with the path of the first wrong element, e.g. /annotations/3/bbox.
 */
export function parseCoco(data: unknown, file: string): CocoDocument {
  return soundOrThrow(inspectCoco(data, file), 'COCO_INVALID')
}

/** The names of the images that do not say their size. */
export function imagesWithoutSize(data: unknown): string[] {
  return listIn(data, 'images').flatMap((image) => {
    const { file_name, width, height } = (image ?? {}) as Record<string, unknown>
    const sized = lengthIn(width) !== undefined && lengthIn(height) !== undefined
    return sized || typeof file_name !== 'string' ? [] : [file_name]
  })
}

/**
 * The sound elements of COCO labels, and all that is wrong with the others. What other programs keep under names that are
 * ours, as in `attributes`, is passed over.
 *
 * @param sizeOf the size of an image that does not say it, by its file name
 */
export function inspectCoco(
  data: unknown,
  file: string,
  sizeOf: (name: string) => Size | undefined = () => undefined,
): InspectedCoco {
  const notes = problemsOf(file)
  for (const key of ['images', 'annotations', 'categories'] as const) {
    if (!Array.isArray((data as Record<string, unknown> | null)?.[key]))
      notes.note(`/${key}`, 'must be array')
  }
  const images = imagesIn(listIn(data, 'images'), sizeOf, notes)
  const categories = categoriesIn(listIn(data, 'categories'), notes)
  const { annotations, incomplete } = inspectAnnotations(
    listIn(data, 'annotations'),
    images,
    categories,
    notes,
  )
  return { value: { images, annotations, categories }, incomplete, problems: notes.problems }
}

function listIn(data: unknown, key: string): unknown[] {
  const list = (data as Record<string, unknown> | null)?.[key]
  return Array.isArray(list) ? list : []
}

function imagesIn(
  list: readonly unknown[],
  sizeOf: (name: string) => Size | undefined,
  notes: Notes,
): CocoImage[] {
  const sound = list.flatMap((element, i) => {
    const path = `/images/${i}`
    const image = plainImage(element, sizeOf, path, notes)
    const wrong = faults(CocoImage, image, path)
    for (const [where, why] of wrong) notes.note(where, why)
    return wrong.length > 0 ? [] : [{ path, image: image as CocoImage }]
  })
  return unique(
    sound,
    ({ image: { id } }) => id,
    ({ image: { file_name } }) => file_name,
    notes,
  ).map(({ image }) => image)
}

/** An image with the keys that are read, in the form that they should have. */
function plainImage(
  element: unknown,
  sizeOf: (name: string) => Size | undefined,
  path: string,
  { tell }: Notes,
): unknown {
  if (typeof element !== 'object' || element === null) return element
  const { id, file_name, width, height, split, um_per_pixel } = element as Record<string, unknown>
  const own = { width: lengthIn(width), height: lengthIn(height) }
  const sized = own.width !== undefined && own.height !== undefined
  const size = sized ? own : typeof file_name === 'string' ? sizeOf(file_name) : undefined
  const umPerPixel = lengthIn(um_per_pixel)
  if (umPerPixel === undefined && um_per_pixel !== undefined && um_per_pixel !== null)
    tell(`${path}/um_per_pixel`, `'${um_per_pixel}' is no scale, and was passed over`)
  return {
    ...{ id, file_name, width, height },
    ...size,
    ...(textIn(split) === undefined ? {} : { split }),
    ...(umPerPixel === undefined ? {} : { um_per_pixel: umPerPixel }),
  }
}

function categoriesIn(list: readonly unknown[], notes: Notes): CocoCategory[] {
  const sound = list.flatMap((element, i) => {
    const path = `/categories/${i}`
    const { id, name } = (element ?? {}) as Record<string, unknown>
    const category = { id, name: nameIn(name) }
    const wrong = faults(CocoCategory, category, path)
    for (const [where, why] of wrong) notes.note(where, why)
    return wrong.length > 0 ? [] : [{ path, category: category as CocoCategory }]
  })
  const named = unique(
    sound,
    ({ category: { id } }) => id,
    ({ category: { name } }) => name,
    notes,
  )
  return named.map(({ category }) => category)
}

/** Elements with ids of their own: one that is there twice alike counts once; of those that differ none can be meant. */
function unique<Element extends { path: string }>(
  elements: readonly Element[],
  idOf: (element: Element) => CocoImage['id'],
  nameOf: (element: Element) => string,
  { note, tell }: Notes,
): Element[] {
  const sameId = Map.groupBy(elements, (element) => String(idOf(element)))
  return [...sameId.values()].flatMap(([first, ...others]) => {
    const differ = others.some((other) => nameOf(other) !== nameOf(first!))
    for (const other of others) {
      const why = `the id ${idOf(other)} is there twice`
      if (differ) note(other.path, `${why}, for ${nameOf(first!)} and ${nameOf(other)}, so neither is taken`)
      else tell(other.path, why)
    }
    return differ ? [] : [first!]
  })
}
