import { type Inspected, problemsOf, soundOrThrow } from './label-problems.ts'
import {
  type Box,
  type BoxLabel,
  type LabelledBox,
  type LabelledField,
  touchesEdge,
} from './labelled-image.ts'

export interface YoloImage {
  /** The label file, for messages. */
  file: string
  /** Size of the image in pixels. */
  width: number
  height: number
  /** The label of each class number. */
  names: readonly BoxLabel[]
}

/**
 * Reads the labels of one image in YOLO form: a line a box, 'class x y width height', where x, y is the centre and all
 * four are shares of the image, 0..1.
 *
 * Errors: YOLO_INVALID, with the line.
 */
export function parseYolo(text: string, image: YoloImage): LabelledBox[] {
  return soundOrThrow(inspectYolo(text, image), 'YOLO_INVALID')
}

/** The sound lines of YOLO labels, and all that is wrong with the others. */
export function inspectYolo(
  text: string,
  { file, width, height, names }: YoloImage,
): Inspected<LabelledBox[]> {
  const { problems, note } = problemsOf(file)
  const value = text.split(/\r?\n/).flatMap((line, i): LabelledBox[] => {
    if (line.trim() === '') return []
    const fields = line.trim().split(/\s+/)
    const [label, x, y, w, h] = fields.map(Number) as [number, number, number, number, number]
    const refuse = (why: string) => {
      note(`line ${i + 1}`, why)
      return []
    }
    if (fields.length !== 5) return refuse(`there are ${fields.length} values where 5 should be`)
    if (![x, y, w, h].every((v) => v >= 0 && v <= 1) || w === 0 || h === 0) {
      return refuse('centre and size of a box must be shares of the image, 0 to 1')
    }
    const name = names[label]
    if (name === undefined) {
      return refuse(`there is no class '${fields[0]}', the classes are 0 to ${names.length - 1}`)
    }
    const box: Box = [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height]
    return [{ box, label: name, touchesEdge: touchesEdge(box, width, height) }]
  })
  return { value, problems }
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
