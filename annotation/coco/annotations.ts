import { Type } from 'typebox'
import { clip, iou } from '../../vision/box.ts'
import { boxAroundAll, boxAroundTurned } from '../box-around.ts'
import { areShares, countIn, lengthIn, numberIn, SHARES, textIn, yesIn } from '../foreign-values.ts'
import { faults, type Notes } from '../label-problems.ts'
import type { Box } from '../labelled-image.ts'
import { type BoxWitness, boxRead, type Reading, readingsOf } from './corners.ts'
import { boxOfSegmentation } from './mask.ts'

type Id = number | string

/** An annotation as it is read and written. */
export interface CocoAnnotation {
  id?: Id
  image_id: Id
  category_id: Id
  bbox: Box
  area?: number
  iscrowd?: number
  ignore?: number
  score?: number
  attributes?: { reason?: string; number?: number; proposed_by?: string }
}

interface Image {
  id: Id
  width: number
  height: number
}

const Length = Type.Number({ exclusiveMinimum: 0 })
const Numbers = Type.Tuple([Type.Number(), Type.Number(), Length, Length])

/** An annotation of an image that is there, and what is known of its box. */
interface Placed {
  path: string
  raw: Record<string, unknown>
  image: Image
  outline: Box | undefined
  numbers: Box | undefined
}

/** A bounding box and its segmentation that have less in common speak of different things. */
const SAME = 0.5

/**
 * The annotations whose place can be read, and the images of which one cannot. A box without a category, or that its own
 * segmentation contradicts, is an ignored one.
 */
export function inspectAnnotations(
  list: readonly unknown[],
  images: readonly Image[],
  categories: readonly { id: Id }[],
  notes: Notes,
): { annotations: CocoAnnotation[]; incomplete: ReadonlySet<Id> } {
  const imageOf = new Map(images.map((image) => [String(image.id), image]))
  const categoryOf = new Map(categories.map(({ id }) => [String(id), id]))
  const placed = list.flatMap((element, i) => placedIn(element, `/annotations/${i}`, imageOf, notes))
  const readings = readingsInFile(placed, notes)
  // Of which image an annotation is that names none, nobody knows.
  const incomplete = new Set(list.every(namesImage) ? [] : images.map(({ id }) => id))
  const annotations: CocoAnnotation[] = []
  const taken = new Map<string, CocoAnnotation>()
  const numbers = new Set<string>()
  for (const annotation of placed) {
    const { path, raw, image } = annotation
    const found = boxOf(annotation, readings.get(annotation) ?? 'size', notes)
    if (found === undefined) {
      incomplete.add(image.id)
      continue
    }
    const category = categoryOf.get(String(raw.category_id))
    if (category === undefined) notes.ignore(path, `there is no category ${raw.category_id}`)
    const read = annotationOf(raw, image, category, found, path, notes)
    const number = `${image.id} ${read.attributes?.number}`
    if (numbers.has(number)) {
      notes.tell(path, `the number ${read.attributes!.number} is there twice`)
      delete read.attributes!.number
    } else if (read.attributes?.number !== undefined) numbers.add(number)
    const before = read.id === undefined ? undefined : taken.get(String(read.id))
    if (before !== undefined) {
      notes.tell(path, `the id ${read.id} is there twice`)
      if (isSame(before, read)) continue
      delete read.id
    } else if (read.id !== undefined) taken.set(String(read.id), read)
    annotations.push(read)
  }
  return { annotations, incomplete }
}

function namesImage(element: unknown): boolean {
  return isId((element as { image_id?: unknown } | null)?.image_id)
}

function placedIn(
  element: unknown,
  path: string,
  imageOf: ReadonlyMap<string, Image>,
  { note }: Notes,
): Placed[] {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    note(path, 'must be object')
    return []
  }
  const raw = element as Record<string, unknown>
  const image = imageOf.get(String(raw.image_id))
  if (image === undefined) {
    note(path, `there is no image ${raw.image_id}`)
    return []
  }
  const numbers = Array.isArray(raw.bbox) ? raw.bbox.map((value) => numberIn(value) ?? value) : raw.bbox
  const sound = faults(Numbers, numbers, '').length === 0
  const outline = boxOfSegmentation(raw.segmentation)
  return [{ path, raw, image, outline, numbers: sound ? (numbers as Box) : undefined }]
}

/** How each box is to be read; boxes by their corners are told. */
function readingsInFile(placed: readonly Placed[], { tell }: Notes): Map<Placed, Reading> {
  const boxed = placed.filter(({ numbers }) => numbers !== undefined)
  const readings = readingsOf(
    boxed.map(
      ({ numbers, outline, raw, image }): BoxWitness => ({
        ...{ numbers: numbers!, outline, image },
        area: lengthIn(raw.area),
      }),
    ),
  )
  const [first, ...more] = boxed.filter((_, at) => readings[at] === 'corner')
  if (first !== undefined) {
    const others = more.length === 0 ? 'it was' : `it and ${more.length} more were`
    tell(
      `${first.path}/bbox`,
      `${others} read as left top and right bottom corner, for width and height do not fit`,
    )
  }
  return new Map(boxed.map((annotation, at) => [annotation, readings[at]!]))
}

/** The box, and whether it is doubtful; undefined where none can be read. */
function boxOf(
  { path, raw, image, outline, numbers }: Placed,
  reading: Reading,
  notes: Notes,
): { box: Box; doubtful: boolean } | undefined {
  if (numbers === undefined) {
    if (outline !== undefined) {
      if (Array.isArray(raw.bbox) && raw.bbox.length > 0)
        notes.tell(`${path}/bbox`, 'it is no box; that of its segmentation was taken')
      return { box: outline, doubtful: false }
    }
    const bbox = Array.isArray(raw.bbox) ? raw.bbox.map((value) => numberIn(value) ?? value) : raw.bbox
    for (const [where, why] of faults(Numbers, bbox, `${path}/bbox`)) notes.note(where, why)
    return undefined
  }
  if (areShares(numbers, numbers[2], numbers[3])) {
    notes.note(`${path}/bbox`, SHARES)
    return undefined
  }
  const upright = boxRead(numbers, reading)
  const angle = angleOf(raw.attributes)
  if (angle !== undefined && angle % 180 !== 0) {
    const turned = clip(boxAroundTurned(upright, (angle * Math.PI) / 180), image.width, image.height)
    if (turned[2] > 0 && turned[3] > 0) return { box: turned, doubtful: false }
  } else if (outline !== undefined && iou(upright, outline) < SAME) {
    notes.ignore(path, `its box ${upright.join(' ')} is not that of its segmentation, ${outline.join(' ')}`)
    return { box: boxAroundAll([upright, outline]), doubtful: true }
  }
  return { box: upright, doubtful: false }
}

/** The angle in degrees by which CVAT turns a box about its middle. */
function angleOf(attributes: unknown): number | undefined {
  return numberIn((attributes as { rotation?: unknown } | null | undefined)?.rotation)
}

function annotationOf(
  raw: Record<string, unknown>,
  image: Image,
  category: Id | undefined,
  { box, doubtful }: { box: Box; doubtful: boolean },
  path: string,
  notes: Notes,
): CocoAnnotation {
  const { reason, number, proposed_by } = (raw.attributes ?? {}) as Record<string, unknown>
  const unclear = category === undefined || doubtful
  const [crowd, ignore] = [yesIn(raw.iscrowd), yesIn(raw.ignore)]
  if (crowd === undefined) notes.tell(`${path}/iscrowd`, `'${raw.iscrowd}' was read as no`)
  const ignored = crowd || ignore || unclear
  const why = unclear ? 'doubtful' : textIn(reason)
  const own = {
    ...(ignored && why !== undefined ? { reason: why } : {}),
    ...(countIn(number) === undefined ? {} : { number: countIn(number)! }),
    ...(textIn(proposed_by) === undefined ? {} : { proposed_by: textIn(proposed_by)! }),
  }
  const score = typeof raw.score === 'number' ? { score: raw.score } : {}
  return {
    ...(isId(raw.id) ? { id: raw.id } : {}),
    image_id: image.id,
    category_id: category ?? '',
    bbox: box,
    ...(crowd ? { iscrowd: 1 } : {}),
    ...(ignore || unclear ? { ignore: 1 } : {}),
    ...score,
    ...(Object.keys(own).length === 0 ? {} : { attributes: own }),
  }
}

function isId(value: unknown): value is Id {
  return Number.isInteger(value) || typeof value === 'string'
}

function isSame(a: CocoAnnotation, b: CocoAnnotation): boolean {
  return a.image_id === b.image_id && a.category_id === b.category_id && a.bbox.join() === b.bbox.join()
}
