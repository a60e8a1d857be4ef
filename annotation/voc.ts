import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Static, Type } from 'typebox'
import { labelNamed } from './label-names.ts'
import { faults, type Inspected, problemsOf, soundOrThrow } from './label-problems.ts'
import { type Box, type LabelledBox, type LabelledField, touchesEdge } from './labelled-image.ts'

export interface VocAnnotation {
  /** Name of the image file. */
  filename: string
  width: number
  height: number
  boxes: LabelledBox[]
}

const Pixel = Type.Number()
const Text = Type.Union([Type.String(), Type.Number()])

const Annotation = Type.Object({
  annotation: Type.Object({
    filename: Text,
    size: Type.Object({ width: Type.Number({ minimum: 1 }), height: Type.Number({ minimum: 1 }) }),
    object: Type.Optional(Type.Array(Type.Unknown())),
  }),
})

const VocObject = Type.Object({
  name: Text,
  difficult: Type.Optional(Type.Number()),
  reason: Type.Optional(Type.String()),
  bndbox: Type.Object({ xmin: Pixel, ymin: Pixel, xmax: Pixel, ymax: Pixel }),
})

/** These stay text even where they look like numbers: '007' is not 7. */
const TEXTS = ['name', 'filename', 'reason']

const parser = new XMLParser({
  isArray: (name) => name === 'object',
  tagValueProcessor: (name, value) => (TEXTS.includes(name) ? undefined : value),
})

/**
 * Reads one image's labels in Pascal VOC form. Corners there are pixels counted from 1, both ends within the box
 * (VOC 2012 development kit, 'Annotation'), so xmin 1, xmax 640 is the full width of a 640 px image. 'difficult' objects are ignored ones.
 *
 * @param file the label file, for messages
 * Errors: VOC_INVALID, with the line or the object.
 */
export function parseVoc(text: string, file: string): VocAnnotation {
  return soundOrThrow(inspectVoc(text, file), 'VOC_INVALID')!
}

/** The sound objects of Pascal VOC labels, and all that is wrong with the others; undefined where nothing can be read. */
export function inspectVoc(text: string, file: string): Inspected<VocAnnotation | undefined> {
  const { problems, note } = problemsOf(file)
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    note(`line ${valid.err.line}`, `not valid XML, ${valid.err.msg}`)
    return { value: undefined, problems }
  }
  const document: unknown = parser.parse(text)
  const wrong = faults(Annotation, document, '')
  for (const [path, why] of wrong) note(path, why)
  if (wrong.length > 0) return { value: undefined, problems }
  const { filename, size, object } = (document as Static<typeof Annotation>).annotation
  const { width, height } = size
  const boxes = (object ?? []).flatMap((element, i): LabelledBox[] => {
    const wrongHere = faults(VocObject, element, `/annotation/object/${i}`)
    for (const [path, why] of wrongHere) note(path, why)
    if (wrongHere.length > 0) return []
    const { name, difficult, reason, bndbox } = element as Static<typeof VocObject>
    const { xmin, ymin, xmax, ymax } = bndbox
    if (xmax < xmin || ymax < ymin) {
      note(`object ${i + 1}`, 'the box ends before it begins')
      return []
    }
    const box: Box = [xmin - 1, ymin - 1, xmax - xmin + 1, ymax - ymin + 1]
    return [
      {
        box,
        label: labelNamed(String(name)),
        touchesEdge: touchesEdge(box, width, height),
        ...(difficult ? { ignore: true } : {}),
        ...(reason ? { reason } : {}),
      },
    ]
  })
  return { value: { filename: String(filename), width, height, boxes }, problems }
}

const builder = new XMLBuilder({ format: true, indentBy: '  ' })

/**
 * One image's labels in Pascal VOC form, as `parseVoc` reads them: corners to a thousandth of a pixel. An ignored box is
 * 'difficult'; its reason stands in an element of our own, `reason`, which other readers pass over.
 */
export function toVoc({ width, height, boxes }: LabelledField, filename: string): string {
  const object = boxes.map(({ box: [x, y, w, h], label, ignore, reason }) => ({
    name: label,
    difficult: ignore ? 1 : 0,
    ...(reason === undefined ? {} : { reason }),
    bndbox: {
      xmin: thousandths(x + 1),
      ymin: thousandths(y + 1),
      xmax: thousandths(x + w),
      ymax: thousandths(y + h),
    },
  }))
  return builder.build({ annotation: { filename, size: { width, height, depth: 3 }, object } })
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}
