import fc from 'fast-check'
import { IGNORE_REASONS } from './corrections.ts'
import { type LabelledBox, type LabelledField, touchesEdge } from './labelled-image.ts'

/**
 * For tests: labelled fields whose boxes lie inside their images, to a tenth of a pixel, with all that labels can say.
 * No two have a name in common.
 */
export function fields(): fc.Arbitrary<LabelledField[]> {
  const image = fc.record({
    name: fc.uuid(),
    width: fc.integer({ min: 20, max: 3000 }),
    height: fc.integer({ min: 20, max: 3000 }),
    umPerPixel: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
    split: fc.option(fc.constantFrom('train', 'val', 'test'), { nil: undefined }),
    boxes: fc.array(box(), { maxLength: 12 }),
  })
  return fc.uniqueArray(image, { selector: ({ name }) => name, maxLength: 5 }).map((images) =>
    images.map(({ name, width, height, umPerPixel, split, boxes }) => ({
      file: `${name}.png`,
      source: 'mine',
      width,
      height,
      ...(umPerPixel === undefined ? {} : { umPerPixel: umPerPixel / 1000 }),
      ...(split === undefined ? {} : { split: split as 'train' }),
      boxes: boxes.map((make, i) => make(width, height, i + 1)),
    })),
  )
}

function box(): fc.Arbitrary<(width: number, height: number, number: number) => LabelledBox> {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const made = fc.record({
    corner: fc.tuple(share, share),
    size: fc.tuple(share, share),
    label: fc.constantFrom('nucleated_cell', 'plasma_cell', 'blast', 'white'),
    reason: fc.option(fc.constantFrom(...IGNORE_REASONS), { nil: undefined }),
  })
  return made.map(({ corner, size, label, reason }) => (width, height, number) => {
    const [x, y] = [tenths(corner[0] * (width - 2)), tenths(corner[1] * (height - 2))]
    const [w, h] = [tenths(1 + size[0] * (width - x - 1)), tenths(1 + size[1] * (height - y - 1))]
    return {
      box: [x, y, w, h],
      label,
      touchesEdge: touchesEdge([x, y, w, h], width, height),
      ...(reason === undefined ? {} : { ignore: true, reason }),
      number,
    }
  })
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
