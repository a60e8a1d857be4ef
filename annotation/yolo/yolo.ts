import { clip } from '../../vision/box.ts'
import { boxAround, type Point } from '../box-around.ts'
import { doubtfulBox } from '../doubtful-box.ts'
import { type Inspected, type Notes, problemsOf, soundOrThrow } from '../label-problems.ts'
import {
  type Box,
  type BoxLabel,
  type LabelledBox,
  type LabelledField,
  touchesEdge,
} from '../labelled-image.ts'
import type { ClassNames } from './names.ts'

export interface YoloImage {
  /** The label file, for messages. */
  file: string
  /** Size of the image in pixels. */
  width: number
  height: number
  /** The label of each class number. */
  names: ClassNames
  /** Values of the key points behind each box, 0 where there are none. */
  keyPoints?: number
}

/** Shares are rounded by their programs, and may so lie this far beyond the image. */
const BEYOND = 0.01
/** Pixels that are cut off at the image's edge without a word. */
const ROUNDED = 0.5

/**
 * Reads the labels of one image in YOLO form: a line a box, 'class x y width height', where x, y is the centre and all
 * four are shares of the image, 0..1; a sixth value is a score. 'class x y x y x y' and so on is a polygon, of which the box
 * around is taken. Key points behind a box are passed over.
 *
 * Errors: YOLO_INVALID, with the line.
 */
export function parseYolo(text: string, image: YoloImage): LabelledBox[] {
  return soundOrThrow(inspectYolo(text, image), 'YOLO_INVALID')
}

/** The sound lines of YOLO labels, and all that is wrong with the others. */
export function inspectYolo(text: string, image: YoloImage): Inspected<LabelledBox[]> {
  const notes = problemsOf(image.file)
  const value = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .map((line, i) => (line === '' ? undefined : boxIn(line.split(/\s+/), `line ${i + 1}`, image, notes)))
    .filter((box) => box !== undefined)
  return { value, problems: notes.problems }
}

function boxIn(
  words: readonly string[],
  where: string,
  image: YoloImage,
  notes: Notes,
): LabelledBox | undefined {
  const values = words.slice(1).map(Number)
  const { keyPoints = 0 } = image
  const whole =
    keyPoints > 0 && values.length !== 4 + keyPoints
      ? `there are ${words.length} values where a box with key points has ${5 + keyPoints}`
      : boxOfShares(keyPoints > 0 ? values.slice(0, 4) : values, image)
  if (typeof whole === 'string') {
    notes.note(where, whole)
    return undefined
  }
  const { width, height, names } = image
  const box = clip(whole, width, height)
  if (box[2] <= 0 || box[3] <= 0) {
    notes.note(where, 'the box lies outside of the image')
    return undefined
  }
  if (Math.max(whole[2] - box[2], whole[3] - box[3]) > ROUNDED)
    notes.tell(where, 'the box reaches out of the image, and was cut off there')
  const name = names[Number(words[0])]
  if (name === undefined) {
    notes.ignore(where, `there is no class '${words[0]}', ${classesIn(names)}`)
    return doubtfulBox(box, image)
  }
  const score = keyPoints === 0 && words.length === 6 ? Number(words[5]) : undefined
  const isScore = score !== undefined && score >= 0 && score <= 1
  if (score !== undefined && !isScore)
    notes.tell(where, `the sixth value '${words[5]}' is no score, and was passed over`)
  const labelled = { box, label: name, touchesEdge: touchesEdge(box, width, height) }
  return isScore ? { ...labelled, score } : labelled
}

/** The box in pixels, or why there is none. */
function boxOfShares(shares: readonly number[], { width, height }: YoloImage): Box | string {
  const count = shares.length
  if (count === 4 || count === 5) {
    const [x, y, w, h] = shares as [number, number, number, number]
    if (![x, y, w, h].every(isShare) || w <= 0 || h <= 0)
      return 'centre and size of a box must be shares of the image, 0 to 1'
    return [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height]
  }
  if (count < 6 || count % 2 !== 0)
    return `there are ${count + 1} values where 5 should be, or an odd number from 7 on for a polygon`
  if (!shares.every(isShare)) return 'the corners of a polygon must be shares of the image, 0 to 1'
  const corners = Array.from({ length: count / 2 }, (_, at): Point => {
    return [shares[2 * at]! * width, shares[2 * at + 1]! * height]
  })
  const box = boxAround(corners)
  return box[2] > 0 && box[3] > 0 ? box : 'the polygon has no area'
}

function isShare(value: number): boolean {
  return value >= -BEYOND && value <= 1 + BEYOND
}

function classesIn(names: ClassNames): string {
  const nameless = names.flatMap((name, number) => (name === undefined ? [number] : []))
  const without =
    nameless.length === 0
      ? ''
      : `, of which ${nameless.join(', ')} ${nameless.length === 1 ? 'has' : 'have'} no name`
  return `the classes are 0 to ${names.length - 1}${without}`
}

/**
 * One image's labels in YOLO form, to a billionth of the image's side. YOLO knows no ignored boxes: those are left out,
 * for as ordinary ones they would teach what is doubtful; `lost` says how many.
 *
 * @param names the label of each class number; a box whose label is not among them is an error of the caller
 */
export function toYolo(
  { width, height, boxes }: LabelledField,
  names: readonly BoxLabel[],
): { text: string; lost: { ignored: number } } {
  const kept = boxes.filter(({ ignore }) => !ignore)
  const lines = kept.map(({ box: [x, y, w, h], label }) => {
    const shares = [(x + w / 2) / width, (y + h / 2) / height, w / width, h / height]
    return `${names.indexOf(label)} ${shares.map((share) => Number(share.toFixed(9))).join(' ')}\n`
  })
  return { text: lines.join(''), lost: { ignored: boxes.length - kept.length } }
}
