import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Static, Type } from 'typebox'
import { lengthIn, textIn } from '../foreign-values.ts'
import { faults, type Inspected, problemsOf, soundOrThrow } from '../label-problems.ts'
import type { LabelledBox, LabelledField } from '../labelled-image.ts'
import { countsFromZero, readVocObject } from './object.ts'

export interface VocAnnotation {
  /** Name of the image file; '' where the labels give none. */
  filename: string
  width: number
  height: number
  boxes: LabelledBox[]
}

interface Size {
  width: number
  height: number
}

const Length = Type.Number({ exclusiveMinimum: 0 })

const Annotation = Type.Object({
  annotation: Type.Object({
    size: Type.Object({ width: Length, height: Length }),
    object: Type.Optional(Type.Array(Type.Unknown())),
  }),
})

/** These stay text even where they look like numbers: '007' is not 7. */
const TEXTS = ['name', 'filename', 'reason', 'difficult']

const parser = new XMLParser({
  isArray: (name) => name === 'object',
  tagValueProcessor: (name, value) => (TEXTS.includes(name) ? undefined : value),
  // Characters by their number, &#28107;, as programs write them that know no UTF-8.
  htmlEntities: true,
})

/** What an XML text holds, before its objects are read. */
export interface VocHead {
  filename: string | undefined
  size: Size | undefined
  /** Whether some corner shows that its program counts pixels from 0. */
  fromZero: boolean
}

/** The name and the size of the image, as far as the text says them. */
export function vocHead(text: string): VocHead {
  return headOf(readXml(text).value)
}

function headOf(document: unknown): VocHead {
  const { annotation } = (document ?? {}) as Record<string, unknown>
  const { filename, size, object } = (annotation ?? {}) as Record<string, unknown>
  const { width, height } = (size ?? {}) as Record<string, unknown>
  const [w, h] = [lengthIn(width), lengthIn(height)]
  return {
    filename: textIn(filename),
    size: w === undefined || h === undefined ? undefined : { width: w, height: h },
    fromZero: Array.isArray(object) && object.some(countsFromZero),
  }
}

/** The value of an XML text, or what is wrong with it and where. */
function readXml(text: string): { value?: unknown; fault?: { where: string; why: string } } {
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    return { fault: { where: `line ${valid.err.line}`, why: `not valid XML, ${valid.err.msg}` } }
  }
  try {
    return { value: parser.parse(text) }
  } catch (cause) {
    // The parser refuses what could harm a program, as elements that are named 'constructor'.
    return { fault: { where: 'as a whole', why: `not XML that is read, ${(cause as Error).message}` } }
  }
}

/**
 * Reads one image's labels in Pascal VOC form. Corners there are pixels counted from 1, both ends within the box
 * (VOC 2012 development kit, 'Annotation'), so xmin 1, xmax 640 is the full width of a 640 px image. 'difficult' objects are ignored ones.
 * Where a corner lies at 0 they are counted from 0, and the right bottom corner lies without.
 *
 * @param file the label file, for messages
 * Errors: VOC_INVALID, with the line or the object.
 */
export function parseVoc(text: string, file: string): VocAnnotation {
  return soundOrThrow(inspectVoc(text, file), 'VOC_INVALID')!
}

/**
 * The sound objects of Pascal VOC labels, and all that is wrong with the others; undefined where nothing can be read.
 *
 * @param options.size of the image, for labels that do not say it
 * @param options.fromZero whether pixels are counted from 0, where other labels of the set show it
 */
export function inspectVoc(
  text: string,
  file: string,
  options: { size?: Size | undefined; fromZero?: boolean } = {},
): Inspected<VocAnnotation | undefined> {
  const notes = problemsOf(file)
  const { value: document, fault } = readXml(text)
  if (fault) {
    notes.note(fault.where, fault.why)
    return { value: undefined, problems: notes.problems }
  }
  const { filename, size = options.size, fromZero } = headOf(document)
  const { annotation } = (document ?? {}) as Record<string, unknown>
  if (size !== undefined && typeof annotation === 'object') Object.assign(annotation!, { size })
  const wrong = faults(Annotation, document, '')
  for (const [path, why] of wrong) notes.note(path, why)
  if (wrong.length > 0) return { value: undefined, problems: notes.problems }
  const {
    object = [],
    size: { width, height },
  } = (document as Static<typeof Annotation>).annotation
  if (fromZero) notes.tell('as a whole', 'its boxes were read as counted from 0, for some begin there')
  const image = { width, height, fromZero: fromZero || (options.fromZero ?? false) }
  const boxes = object
    .map((element, i) => readVocObject(element, i, image, notes))
    .filter((box) => box !== undefined)
  return { value: { filename: filename ?? '', width, height, boxes }, problems: notes.problems }
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
