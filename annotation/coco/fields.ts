import { labelNamed } from '../label-names.ts'
import { type LabelledBox, type LabelledField, touchesEdge } from '../labelled-image.ts'
import { splitIn } from '../layouts/split.ts'
import type { CocoDocument, CocoImage } from './coco.ts'

type Annotation = CocoDocument['annotations'][number]

/**
 * The labelled fields of COCO labels. Crowds, and boxes marked `ignore`, are ignored ones.
 *
 * @param options.keep also what only a conversion needs: ids, splits, numbers, scores
 */
export function fieldsOfCoco(
  coco: CocoDocument,
  source: string,
  locate: (image: CocoImage) => string,
  { keep = false } = {},
): LabelledField[] {
  const labels = new Map(coco.categories.map(({ id, name }) => [id, labelNamed(name)]))
  const annotations = Map.groupBy(coco.annotations, (annotation) => annotation.image_id)
  return coco.images.map((image) => {
    const { width, height } = image
    const boxes = (annotations.get(image.id) ?? []).map((annotation): LabelledBox => {
      const { bbox, category_id, iscrowd, ignore, attributes } = annotation
      return {
        box: bbox,
        label: labels.get(category_id) ?? 'nucleated_cell',
        touchesEdge: touchesEdge(bbox, width, height),
        ...(iscrowd || ignore ? { ignore: true } : {}),
        ...(attributes?.reason === undefined ? {} : { reason: attributes.reason }),
        ...(keep ? keptOf(annotation) : {}),
      }
    })
    const scale = image.um_per_pixel === undefined ? {} : { umPerPixel: image.um_per_pixel }
    const split = keep && image.split !== undefined ? splitIn(image.split) : undefined
    return {
      file: locate(image),
      source,
      width,
      height,
      ...scale,
      ...(keep && typeof image.id === 'number' ? { id: image.id } : {}),
      ...(split === undefined ? {} : { split }),
      boxes,
    }
  })
}

function keptOf({ id, score, attributes }: Annotation): Partial<LabelledBox> {
  return {
    ...(typeof id === 'number' ? { id } : {}),
    ...(score === undefined ? {} : { score }),
    ...(attributes?.number === undefined ? {} : { number: attributes.number }),
    ...(attributes?.proposed_by === undefined ? {} : { proposedBy: attributes.proposed_by }),
  }
}

/**
 * Writes labelled fields as COCO labels. Ignored boxes become crowds, which is how COCO says 'absorbs what lies in it', and
 * carry their reason in `attributes`. Ids count from 1, as pycocotools needs them; fields and boxes that have one keep it.
 *
 * @param nameOf the image's file name as it should stand in the labels, e.g. relative to their folder
 * @param names the categories in their order; by default the labels in order of appearance
 */
export function toCoco(
  fields: readonly LabelledField[],
  nameOf: (field: LabelledField) => string,
  names: readonly string[] = [...new Set(fields.flatMap((field) => field.boxes.map((box) => box.label)))],
): CocoDocument {
  const imageId = idsFor(fields)
  const images = fields.map((field, i) => ({
    id: imageId[i]!,
    file_name: nameOf(field),
    width: field.width,
    height: field.height,
    ...(field.umPerPixel === undefined ? {} : { um_per_pixel: field.umPerPixel }),
    ...(field.split === undefined ? {} : { split: field.split }),
  }))
  const boxes = fields.flatMap((field, i) => field.boxes.map((box) => ({ ...box, imageId: imageId[i]! })))
  const boxId = idsFor(boxes)
  const categories = [...new Set([...names, ...boxes.map(({ label }) => label)])]
  return {
    images,
    annotations: boxes.map((box, i) => annotationOf(box, boxId[i]!, categories.indexOf(box.label) + 1)),
    categories: categories.map((name, i) => ({ id: i + 1, name })),
  }
}

function annotationOf(box: LabelledBox & { imageId: number }, id: number, category: number): Annotation {
  const [x, y, w, h] = box.box
  const attributes = {
    ...(box.reason === undefined ? {} : { reason: box.reason }),
    ...(box.number === undefined ? {} : { number: box.number }),
    ...(box.proposedBy === undefined ? {} : { proposed_by: box.proposedBy }),
  }
  return {
    id,
    image_id: box.imageId,
    category_id: category,
    bbox: [x, y, w, h],
    area: w * h,
    iscrowd: box.ignore ? 1 : 0,
    ...(box.ignore ? { ignore: 1 } : {}),
    ...(box.score === undefined ? {} : { score: box.score }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  }
}

/** An id for each: its own where it has one that is whole, above 0 and not taken; else the next that nobody has. */
function idsFor(items: readonly { id?: number }[]): number[] {
  const taken = new Set<number>()
  const own = items.map(({ id }) => {
    if (id === undefined || !Number.isInteger(id) || id < 1 || taken.has(id)) return undefined
    taken.add(id)
    return id
  })
  let next = 1
  return own.map((id) => {
    if (id !== undefined) return id
    while (taken.has(next)) next++
    return next++
  })
}
