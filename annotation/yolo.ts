import { invalidLabels } from './label-file.ts'
import { type Box, type BoxLabel, type LabelledBox, touchesEdge } from './labelled-image.ts'

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
export function parseYolo(text: string, { file, width, height, names }: YoloImage): LabelledBox[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return []
    const fields = line.trim().split(/\s+/)
    const [label, x, y, w, h] = fields.map(Number) as [number, number, number, number, number]
    const refuse = (why: string) => invalidLabels('YOLO_INVALID', file, `line ${i + 1}`, why)
    if (fields.length !== 5) throw refuse(`there are ${fields.length} values where 5 should be`)
    if (![x, y, w, h].every((v) => v >= 0 && v <= 1) || w === 0 || h === 0) {
      throw refuse('centre and size of a box must be shares of the image, 0 to 1')
    }
    const name = names[label]
    if (name === undefined) {
      throw refuse(`there is no class '${fields[0]}', the classes are 0 to ${names.length - 1}`)
    }
    const box: Box = [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height]
    return [{ box, label: name, touchesEdge: touchesEdge(box, width, height) }]
  })
}
