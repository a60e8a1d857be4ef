import { type Static, Type } from 'typebox'
import { invalidLabels } from './label-file.ts'
import { labelNamed } from './label-names.ts'
import { faults, type Inspected, problemsOf, soundOrThrow } from './label-problems.ts'

const Id = Type.Union([Type.Integer(), Type.String()])
const Length = Type.Number({ exclusiveMinimum: 0 })
const YesNo = Type.Optional(Type.Union([Type.Number(), Type.Boolean()]))

const CocoImage = Type.Object({
  id: Id,
  file_name: Type.String({ minLength: 1 }),
  width: Length,
  height: Length,
  split: Type.Optional(Type.String()),
  um_per_pixel: Type.Optional(Length),
})

const CocoAnnotation = Type.Object({
  id: Type.Optional(Id),
  image_id: Id,
  category_id: Id,
  bbox: Type.Tuple([Type.Number(), Type.Number(), Length, Length]),
  area: Type.Optional(Type.Number({ minimum: 0 })),
  iscrowd: YesNo,
  ignore: YesNo,
  score: Type.Optional(Type.Number()),
  attributes: Type.Optional(
    Type.Object({
      reason: Type.Optional(Type.String()),
      number: Type.Optional(Type.Integer({ minimum: 1 })),
      proposed_by: Type.Optional(Type.String()),
    }),
  ),
})

const CocoCategory = Type.Object({ id: Id, name: Type.String({ minLength: 1 }) })

/**
 * The part of a COCO detection file that is read and written. Our own keys: `um_per_pixel` and `split` of an image,
 * `score` and `attributes` of an annotation.
 */
export type CocoDocument = {
  images: CocoImage[]
  annotations: Static<typeof CocoAnnotation>[]
  categories: Static<typeof CocoCategory>[]
}
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
  const { value, fault } = readJson(text)
  if (fault) throw invalidLabels('COCO_INVALID', file, fault.where, fault.why, fault.cause)
  return value
}

/** The value of a JSON text, or what is wrong with it and where. */
export function readJson(text: string): {
  value?: unknown
  fault?: { where: string; why: string; cause: unknown }
} {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (cause) {
    const { message } = cause as SyntaxError
    const where = /line \d+/.exec(message)?.[0] ?? 'as a whole'
    const reason = message.split(/, "| in JSON at /, 1)[0]
    return { fault: { where, why: `not valid JSON (${reason})`, cause } }
  }
}

/**
 * Checks COCO labels, their references too.
 *
 * Errors: COCO_INVALID, with the path of the first wrong element, e.g. /annotations/3/bbox.
 */
export function parseCoco(data: unknown, file: string): CocoDocument {
  return soundOrThrow(inspectCoco(data, file), 'COCO_INVALID')
}

/** The sound elements of COCO labels, and all that is wrong with the others. */
export function inspectCoco(data: unknown, file: string): Inspected<CocoDocument> {
  const { problems, note } = problemsOf(file)
  const listed = (key: 'images' | 'annotations' | 'categories', schema: Parameters<typeof faults>[0]) => {
    const list = (data as Record<string, unknown> | null)?.[key]
    if (!Array.isArray(list)) {
      note(`/${key}`, 'must be array')
      return []
    }
    const ids = new Set<unknown>()
    return list.flatMap((element, i) => {
      const wrong = faults(schema, element, `/${key}/${i}`)
      for (const [path, why] of wrong) note(path, why)
      if (wrong.length > 0) return []
      if (element.id !== undefined && ids.has(element.id)) {
        note(`/${key}/${i}`, `the id ${element.id} is there twice`)
        return []
      }
      ids.add(element.id)
      return [{ element, path: `/${key}/${i}` }]
    })
  }
  const images = listed('images', CocoImage).map(({ element }): CocoImage => element)
  const categories = listed('categories', CocoCategory).map(
    ({ element }): Static<typeof CocoCategory> => element,
  )
  const imageIds = new Set(images.map(({ id }) => id))
  const categoryIds = new Set(categories.map(({ id }) => id))
  const annotations = listed('annotations', CocoAnnotation).flatMap(({ element, path }) => {
    const { image_id, category_id } = element as Static<typeof CocoAnnotation>
    if (!imageIds.has(image_id)) note(path, `there is no image ${image_id}`)
    else if (!categoryIds.has(category_id)) note(path, `there is no category ${category_id}`)
    else return [element as Static<typeof CocoAnnotation>]
    return []
  })
  return { value: { images, annotations, categories }, problems }
}

/** The names of the categories, as labels. */
export function labelsOfCoco({ categories }: CocoDocument): string[] {
  return categories.map(({ name }) => labelNamed(name))
}
