import { type Static, Type } from 'typebox'
import { checked } from './checked.ts'
import { invalidLabels } from './label-file.ts'
import { labelNamed } from './label-names.ts'
import { type LabelledField, touchesEdge } from './labelled-image.ts'

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

const CocoDocument = Type.Object({
  images: Type.Array(CocoImage),
  annotations: Type.Array(
    Type.Object({
      id: Type.Optional(Id),
      image_id: Id,
      category_id: Id,
      bbox: Type.Tuple([Type.Number(), Type.Number(), Length, Length]),
      area: Type.Optional(Type.Number({ minimum: 0 })),
      iscrowd: Type.Optional(Type.Union([Type.Number(), Type.Boolean()])),
      ignore: Type.Optional(Type.Union([Type.Number(), Type.Boolean()])),
    }),
  ),
  categories: Type.Array(Type.Object({ id: Id, name: Type.String({ minLength: 1 }) })),
})

/** The part of a COCO detection file that is read and written; `um_per_pixel` and `split` of an image are our own keys. */
export type CocoDocument = Static<typeof CocoDocument>
export type CocoImage = Static<typeof CocoImage>

/** Whether data looks like COCO labels at all, so that it is worth saying what is wrong with them. */
export function isCoco(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'images' in data && 'annotations' in data
}

/**
 * @param file where the text comes from, for messages
 * Errors: COCO_INVALID, with the line where it is known.
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { message } = cause as SyntaxError
    const line = /line \d+/.exec(message)?.[0] ?? 'as a whole'
    const reason = message.split(/, "| in JSON at /, 1)[0]
    throw invalidLabels('COCO_INVALID', file, line, `not valid JSON (${reason})`, cause)
  }
}

/**
 * Checks COCO labels, their references too.
 *
 * Errors: COCO_INVALID, with the path of the element, e.g. /annotations/3/bbox.
 */
export function parseCoco(data: unknown, file: string): CocoDocument {
  const refuse = (path: string, why: string) => invalidLabels('COCO_INVALID', file, path, why)
  const coco = checked(CocoDocument, data, refuse)
  const images = new Set(coco.images.map((image) => image.id))
  const categories = new Set(coco.categories.map((category) => category.id))
  coco.annotations.forEach(({ image_id, category_id }, i) => {
    if (!images.has(image_id)) throw refuse(`/annotations/${i}`, `there is no image ${image_id}`)
    if (!categories.has(category_id)) throw refuse(`/annotations/${i}`, `there is no category ${category_id}`)
  })
  return coco
}

/** The labelled fields of COCO labels. Crowds, and boxes marked `ignore`, are ignored ones. */
export function fieldsOfCoco(
  coco: CocoDocument,
  source: string,
  locate: (image: CocoImage) => string,
): LabelledField[] {
  const labels = new Map(coco.categories.map(({ id, name }) => [id, labelNamed(name)]))
  const annotations = Map.groupBy(coco.annotations, (annotation) => annotation.image_id)
  return coco.images.map((image) => {
    const { width, height } = image
    const boxes = (annotations.get(image.id) ?? []).map(({ bbox, category_id, iscrowd, ignore }) => ({
      box: bbox,
      label: labels.get(category_id)!,
      touchesEdge: touchesEdge(bbox, width, height),
      ...(iscrowd || ignore ? { ignore: true } : {}),
    }))
    const scale = image.um_per_pixel === undefined ? {} : { umPerPixel: image.um_per_pixel }
    return { file: locate(image), source, width, height, ...scale, boxes }
  })
}

/**
 * Writes labelled fields as COCO labels. Ignored boxes become crowds, which is how COCO says 'absorbs what lies in it'.
 * Ids count from 1, as pycocotools needs them.
 *
 * @param nameOf the image's file name as it should stand in the labels, e.g. relative to their folder
 */
export function toCoco(
  fields: readonly LabelledField[],
  nameOf: (field: LabelledField) => string,
): CocoDocument {
  const names = [...new Set(fields.flatMap((field) => field.boxes.map((box) => box.label)))]
  const images = fields.map((field, i) => ({
    id: i + 1,
    file_name: nameOf(field),
    width: field.width,
    height: field.height,
    ...(field.umPerPixel === undefined ? {} : { um_per_pixel: field.umPerPixel }),
  }))
  const annotations = fields.flatMap((field, i) =>
    field.boxes.map(({ box: [x, y, w, h], label, ignore }) => ({
      image_id: i + 1,
      category_id: names.indexOf(label) + 1,
      bbox: [x, y, w, h] as [number, number, number, number],
      area: w * h,
      iscrowd: ignore ? 1 : 0,
    })),
  )
  return {
    images,
    annotations: annotations.map((annotation, i) => ({ id: i + 1, ...annotation })),
    categories: names.map((name, i) => ({ id: i + 1, name })),
  }
}
