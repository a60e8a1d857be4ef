import { withoutDust } from '../box-around.ts'
import type { LabelledBox, LabelledField } from '../labelled-image.ts'

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
      [withoutDust(x + w), withoutDust(y + h)],
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
