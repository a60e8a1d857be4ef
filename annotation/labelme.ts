import { type Static, Type } from 'typebox'
import { readJson } from './coco.ts'
import { labelNamed } from './label-names.ts'
import { faults, type Inspected, problemsOf } from './label-problems.ts'
import { type Box, type LabelledBox, type LabelledField, type Split, touchesEdge } from './labelled-image.ts'

/** One image's labels as labelme keeps them. */
export interface LabelmeImage {
  /** The image's path as the file gives it, with '/' between its parts. */
  imagePath: string
  width: number
  height: number
  umPerPixel?: number
  split?: Split
  id?: number
  boxes: LabelledBox[]
}

const OptionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]))

const Document = Type.Object({
  imagePath: Type.String({ minLength: 1 }),
  shapes: Type.Array(Type.Unknown()),
  um_per_pixel: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  split: Type.Optional(Type.Enum(['train', 'val', 'test'])),
  id: Type.Optional(Type.Integer()),
})

const Size = Type.Object({
  imageWidth: Type.Number({ exclusiveMinimum: 0 }),
  imageHeight: Type.Number({ exclusiveMinimum: 0 }),
})

const Shape = Type.Object({
  label: Type.String({ minLength: 1 }),
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number()]), { minItems: 1 }),
  shape_type: OptionalText,
  description: OptionalText,
  flags: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  number: Type.Optional(Type.Integer({ minimum: 1 })),
  id: Type.Optional(Type.Integer()),
  score: Type.Optional(Type.Number()),
  proposed_by: Type.Optional(Type.String()),
})

/** Whether data looks like labelme's at all. */
export function isLabelme(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'shapes' in data && 'imagePath' in data
}

/**
 * Reads a labelme file of any version: embedded image data are passed over, polygons, circles and masks become the box
 * around them, and corners may come in any order. A shape with the flag `ignore` is an ignored box and its description
 * the reason. `number`, `id`, `score` and `proposed_by` of a shape, `um_per_pixel`, `split` and `id` of the file are our
 * own keys, which labelme keeps as they are.
 *
 * @param size of the image, for old files that do not say it
 * Answers the sound shapes and all that is wrong with the others; undefined where nothing can be read.
 */
export function inspectLabelme(
  text: string,
  file: string,
  size?: { width: number; height: number },
): Inspected<LabelmeImage | undefined> {
  const { problems, note } = problemsOf(file)
  const { value: data, fault } = readJson(text)
  if (fault) {
    note(fault.where, fault.why)
    return { value: undefined, problems }
  }
  const sized =
    size && faults(Size, data, '').length > 0 && typeof data === 'object'
      ? { ...(data as object), imageWidth: size.width, imageHeight: size.height }
      : data
  const wrong = [...faults(Document, sized, ''), ...faults(Size, sized, '')]
  // What is no object at all is said once.
  for (const [path, why] of new Map(wrong.map((w) => [w.join(), w])).values()) note(path, why)
  if (wrong.length > 0) return { value: undefined, problems }
  const { imagePath, shapes, um_per_pixel, split, id } = sized as Static<typeof Document>
  const { imageWidth: width, imageHeight: height } = sized as Static<typeof Size>
  const boxes = shapes.flatMap((shape, i): LabelledBox[] => {
    const wrongHere = faults(Shape, shape, '')
    for (const [path, why] of wrongHere) note(`shape ${i + 1}`, `${path} ${why}`)
    if (wrongHere.length > 0) return []
    const box = boxAround(shape as Static<typeof Shape>)
    if (typeof box === 'string') {
      note(`shape ${i + 1}`, box)
      return []
    }
    return [boxOf(shape as Static<typeof Shape>, box, width, height)]
  })
  const value = {
    imagePath: imagePath.replaceAll('\\', '/'),
    width,
    height,
    ...(um_per_pixel === undefined ? {} : { umPerPixel: um_per_pixel }),
    ...(split === undefined ? {} : { split: split as Split }),
    ...(id === undefined ? {} : { id }),
    boxes,
  }
  return { value, problems }
}

function boxOf(shape: Static<typeof Shape>, box: Box, width: number, height: number): LabelledBox {
  const ignore = Boolean(shape.flags?.ignore)
  return {
    box,
    label: labelNamed(shape.label),
    touchesEdge: touchesEdge(box, width, height),
    ...(ignore ? { ignore } : {}),
    ...(ignore && shape.description ? { reason: shape.description } : {}),
    ...(shape.number === undefined ? {} : { number: shape.number }),
    ...(shape.id === undefined ? {} : { id: shape.id }),
    ...(shape.score === undefined ? {} : { score: shape.score }),
    ...(shape.proposed_by === undefined ? {} : { proposedBy: shape.proposed_by }),
  }
}

/** The box around a shape, or why it has none. Files older than labelme 3 name no kind; their shapes are polygons. */
function boxAround({ points, shape_type }: Static<typeof Shape>): Box | string {
  const kind = shape_type ?? 'polygon'
  if (kind === 'circle') {
    const [centre, rim] = points
    if (points.length !== 2) return `a circle has two points, here are ${points.length}`
    const radius = Math.hypot(rim![0] - centre![0], rim![1] - centre![1])
    if (radius === 0) return 'the circle has no area'
    return [centre![0] - radius, centre![1] - radius, 2 * radius, 2 * radius]
  }
  if (!['rectangle', 'polygon', 'mask', 'linestrip'].includes(kind)) return `a ${kind} encloses no cell`
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, top] = [xs.reduce(smaller), ys.reduce(smaller)]
  const [w, h] = [rounded(xs.reduce(larger) - left), rounded(ys.reduce(larger) - top)]
  return w > 0 && h > 0 ? [left, top, w, h] : 'the box has no area'
}

const smaller = (a: number, b: number) => Math.min(a, b)
const larger = (a: number, b: number) => Math.max(a, b)

/**
 * A labelme file without the image in it: a line a shape, so that two versions can be compared line by line.
 *
 * @param imagePath where the image lies as seen from the file
 */
export function toLabelme(field: LabelledField, imagePath: string): string {
  const head = {
    version: '5.4.1',
    flags: {},
    imagePath,
    imageData: null,
    imageHeight: field.height,
    imageWidth: field.width,
    ...(field.umPerPixel === undefined ? {} : { um_per_pixel: field.umPerPixel }),
    ...(field.split === undefined ? {} : { split: field.split }),
    ...(field.id === undefined ? {} : { id: field.id }),
  }
  const shapes = field.boxes.map((box) => `\n${JSON.stringify(shapeOf(box))}`)
  return `${JSON.stringify(head).slice(0, -1)},"shapes":[${shapes.join(',')}\n]}\n`
}

function shapeOf(labelled: LabelledBox) {
  const { box, label, ignore, reason, number, id, score, proposedBy } = labelled
  const [x, y, w, h] = box
  return {
    label,
    points: [
      [x, y],
      [rounded(x + w), rounded(y + h)],
    ],
    group_id: null,
    shape_type: 'rectangle',
    flags: ignore ? { ignore: true } : {},
    description: reason ?? '',
    ...(number === undefined ? {} : { number }),
    ...(id === undefined ? {} : { id }),
    ...(score === undefined ? {} : { score }),
    ...(proposedBy === undefined ? {} : { proposed_by: proposedBy }),
  }
}

/** Without the dust of adding decimals: 0.1 + 0.2 is 0.3. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
