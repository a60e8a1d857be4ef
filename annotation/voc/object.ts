import { clip } from '../../vision/box.ts'
import { boxAroundTurned } from '../box-around.ts'
import { doubtfulBox } from '../doubtful-box.ts'
import { areShares, nameIn, numberIn, SHARES, textIn, yesIn } from '../foreign-values.ts'
import { labelNamed } from '../label-names.ts'
import type { Notes } from '../label-problems.ts'
import { type Box, type LabelledBox, touchesEdge } from '../labelled-image.ts'

type Raw = Record<string, unknown>

export interface VocImage {
  width: number
  height: number
  /** Whether corners are counted from 0, as some programs do, and not from 1. */
  fromZero: boolean
}

const CORNERS = ['xmin', 'ymin', 'xmax', 'ymax'] as const
const TURNED = ['cx', 'cy', 'w', 'h', 'angle'] as const

/** Whether an object has a corner at 0, which lies before the first pixel as VOC counts them. */
export function countsFromZero(object: unknown): boolean {
  const { xmin, ymin } = asRaw(asRaw(object).bndbox)
  return [xmin, ymin].some((value) => Math.round(numberIn(value) ?? 1) === 0)
}

/**
 * The box of an object, `bndbox` or the turned `robndbox` of roLabelImg, or undefined where it has none that can be read,
 * which is noted.
 */
export function readVocObject(
  object: unknown,
  place: number,
  image: VocImage,
  notes: Notes,
): LabelledBox | undefined {
  const raw = asRaw(object)
  const where = `/annotation/object/${place}`
  const box = raw.bndbox === undefined ? turnedBox(raw, where, notes) : uprightBox(raw, place, image, notes)
  if (box === undefined) return undefined
  const turned = angleOf(raw)
  const around = turned === undefined ? box : inside(boxAroundTurned(box, turned), image)
  const label = nameIn(raw.name)
  if (label === undefined) {
    notes.ignore(where, 'it has no name that can be read')
    return doubtfulBox(around, image)
  }
  const difficult = yesIn(raw.difficult)
  if (difficult === undefined) notes.tell(`${where}/difficult`, `'${raw.difficult}' was read as no`)
  const reason = textIn(raw.reason)
  return {
    box: around,
    label: labelNamed(label),
    touchesEdge: touchesEdge(around, image.width, image.height),
    ...(difficult ? { ignore: true } : {}),
    ...(difficult && reason !== undefined ? { reason } : {}),
  }
}

function uprightBox(raw: Raw, place: number, { fromZero }: VocImage, notes: Notes): Box | undefined {
  const corners = numbersOf(raw.bndbox, CORNERS, `/annotation/object/${place}/bndbox`, notes)
  if (corners === undefined) return undefined
  const [xmin, ymin, xmax, ymax] = corners as Box
  if (areShares(corners, xmax - xmin, ymax - ymin)) {
    notes.note(`/annotation/object/${place}/bndbox`, SHARES)
    return undefined
  }
  const box: Box = fromZero
    ? [xmin, ymin, xmax - xmin, ymax - ymin]
    : [xmin - 1, ymin - 1, xmax - xmin + 1, ymax - ymin + 1]
  if (xmax >= xmin && ymax >= ymin && box[2] > 0 && box[3] > 0) return box
  notes.note(`object ${place + 1}`, 'the box ends before it begins')
  return undefined
}

/** roLabelImg gives the middle, the sides, and an angle in radians. */
function turnedBox(raw: Raw, where: string, notes: Notes): Box | undefined {
  const numbers = numbersOf(
    raw.robndbox,
    TURNED,
    `${where}/${raw.robndbox === undefined ? 'bndbox' : 'robndbox'}`,
    notes,
  )
  const [cx, cy, w, h] = numbers ?? []
  if (numbers === undefined) return undefined
  if (w! > 0 && h! > 0) return [cx! - w! / 2, cy! - h! / 2, w!, h!]
  notes.note(where, 'the box has no area')
  return undefined
}

/** By how much an object is turned, in radians; CVAT keeps degrees among its attributes. */
function angleOf(raw: Raw): number | undefined {
  if (raw.bndbox === undefined) return numberIn(asRaw(raw.robndbox).angle)
  const { attribute } = asRaw(raw.attributes)
  const list: unknown[] = Array.isArray(attribute) ? attribute : [attribute]
  const degrees = numberIn(list.map(asRaw).find(({ name }) => name === 'rotation')?.value)
  return degrees === undefined || degrees % 180 === 0 ? undefined : (degrees * Math.PI) / 180
}

/** What of a turned box lies in the image; the whole of it where nothing does, so that a check finds it. */
function inside(box: Box, { width, height }: VocImage): Box {
  const part = clip(box, width, height)
  return part[2] > 0 && part[3] > 0 ? part : box
}

function numbersOf(
  element: unknown,
  names: readonly string[],
  path: string,
  { note }: Notes,
): number[] | undefined {
  const values = names.map((name) => numberIn(asRaw(element)[name]))
  if (values.every((value) => value !== undefined)) return values
  if (typeof element !== 'object') note(path, 'there is no box')
  else
    for (const [at, value] of values.entries())
      if (value === undefined) note(`${path}/${names[at]}`, 'must be number')
  return undefined
}

function asRaw(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {}
}
