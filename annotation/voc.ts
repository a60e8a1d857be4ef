import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Type } from 'typebox'
import { checked } from './checked.ts'
import { invalidLabels } from './label-file.ts'
import { labelNamed } from './label-names.ts'
import { type Box, type LabelledBox, touchesEdge } from './labelled-image.ts'

export interface VocAnnotation {
  /** Name of the image file. */
  filename: string
  width: number
  height: number
  boxes: LabelledBox[]
}

const Pixel = Type.Number()

const Annotation = Type.Object({
  annotation: Type.Object({
    filename: Type.Union([Type.String(), Type.Number()]),
    size: Type.Object({ width: Type.Number({ minimum: 1 }), height: Type.Number({ minimum: 1 }) }),
    object: Type.Optional(
      Type.Array(
        Type.Object({
          name: Type.Union([Type.String(), Type.Number()]),
          difficult: Type.Optional(Type.Number()),
          bndbox: Type.Object({ xmin: Pixel, ymin: Pixel, xmax: Pixel, ymax: Pixel }),
        }),
      ),
    ),
  }),
})

const parser = new XMLParser({ isArray: (name) => name === 'object' })

/**
 * Reads one image's labels in Pascal VOC form. Corners there are pixels counted from 1, both ends within the box
 * (VOC 2012 development kit, 'Annotation'), so xmin 1, xmax 640 is the full width of a 640 px image. 'difficult' objects are ignored ones.
 *
 * @param file the label file, for messages
 * Errors: VOC_INVALID, with the line or the object.
 */
export function parseVoc(text: string, file: string): VocAnnotation {
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    throw invalidLabels('VOC_INVALID', file, `line ${valid.err.line}`, `not valid XML, ${valid.err.msg}`)
  }
  const { annotation } = checked(Annotation, parser.parse(text), (path, why) =>
    invalidLabels('VOC_INVALID', file, path, why),
  )
  const { width, height } = annotation.size
  const boxes = (annotation.object ?? []).map(({ name, difficult, bndbox }, i) => {
    const { xmin, ymin, xmax, ymax } = bndbox
    if (xmax < xmin || ymax < ymin) {
      throw invalidLabels('VOC_INVALID', file, `object ${i + 1}`, 'the box ends before it begins')
    }
    const box: Box = [xmin - 1, ymin - 1, xmax - xmin + 1, ymax - ymin + 1]
    return {
      box,
      label: labelNamed(String(name)),
      touchesEdge: touchesEdge(box, width, height),
      ...(difficult ? { ignore: true } : {}),
    }
  })
  return { filename: String(annotation.filename), width, height, boxes }
}
