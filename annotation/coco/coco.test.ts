import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../json-text.ts'
import { type LabelledField, touchesEdge } from '../labelled-image.ts'
import { type CocoDocument, parseCoco } from './coco.ts'
import { fieldsOfCoco, toCoco } from './fields.ts'

const coco: CocoDocument = {
  images: [
    { id: 7, file_name: 'a.png', width: 100, height: 80, um_per_pixel: 0.1 },
    { id: 8, file_name: 'b.png', width: 100, height: 80 },
  ],
  annotations: [
    { id: 1, image_id: 7, category_id: 3, bbox: [10, 20, 30, 40] },
    { id: 2, image_id: 7, category_id: 4, bbox: [0, 20, 30, 40], iscrowd: 1 },
  ],
  categories: [
    { id: 3, name: 'WBC' },
    { id: 4, name: 'plasma_cell' },
  ],
}

const locate = (image: { file_name: string }) => `/data/${image.file_name}`

test('reads fields', () => {
  expect(fieldsOfCoco(coco, 'mine', locate)).toEqual([
    {
      file: '/data/a.png',
      source: 'mine',
      width: 100,
      height: 80,
      umPerPixel: 0.1,
      boxes: [
        { box: [10, 20, 30, 40], label: 'white', touchesEdge: false },
        { box: [0, 20, 30, 40], label: 'plasma_cell', touchesEdge: true, ignore: true },
      ],
    },
    { file: '/data/b.png', source: 'mine', width: 100, height: 80, boxes: [] },
  ])
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.array(field()), (fields) => {
      const written = toCoco(fields, ({ file }) => file.replace('/data/', ''))
      const text = JSON.stringify(written)
      expect(fieldsOfCoco(parseCoco(parseJson(text, 'a.json'), 'a.json'), 'mine', locate)).toEqual(fields)
    }),
  )
})

describe('refuses', () => {
  const refused = (where: string) =>
    expect.objectContaining({ code: 'COCO_INVALID', file: 'a.json', message: expect.stringContaining(where) })

  test('what is not JSON, with the line', () => {
    const cases = [
      ['{\n"images": 1 2}', "a.json, line 2: not valid JSON (Expected ',' or '}' after property value);"],
      ['{\n"images": [\n}', "a.json, as a whole: not valid JSON (Unexpected token '}');"],
      ['', 'a.json, as a whole: not valid JSON (Unexpected end of JSON input);'],
    ] as const
    for (const [text, why] of cases) expect(() => parseJson(text, 'a.json')).toThrow(refused(why))
  })

  test.each<[string, (broken: CocoDocument) => unknown]>([
    ['/images/1/width', (c) => Object.assign(c.images[1]!, { width: 0 })],
    ['/images/0', (c) => Object.assign(c.images[0]!, { file_name: undefined })],
    ['/annotations/1/bbox', (c) => Object.assign(c.annotations[1]!, { bbox: [1, 2, 3] })],
    ['/annotations/1/bbox/2', (c) => Object.assign(c.annotations[1]!, { bbox: [1, 2, -3, 4] })],
    ['/annotations/1: there is no image 9', (c) => Object.assign(c.annotations[1]!, { image_id: 9 })],
    ['/annotations/0: there is no category 5', (c) => Object.assign(c.annotations[0]!, { category_id: 5 })],
  ])('%s', (where, breakIt) => {
    const broken = structuredClone(coco)
    breakIt(broken)
    expect(() => parseCoco(JSON.parse(JSON.stringify(broken)), 'a.json')).toThrow(refused(where))
  })
})

function field(): fc.Arbitrary<LabelledField> {
  const size = fc.integer({ min: 1, max: 500 })
  const box = fc.record({
    box: fc.tuple(size, size, size, size),
    label: fc.constantFrom('white', 'red', 'plasma_cell', 'something else'),
    ignore: fc.boolean(),
  })
  const image = fc.record({
    name: fc.uuid(),
    width: size,
    height: size,
    umPerPixel: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
    boxes: fc.array(box),
  })
  return image.map(({ name, width, height, umPerPixel, boxes }) => ({
    file: `/data/${name}.png`,
    source: 'mine',
    width,
    height,
    ...(umPerPixel === undefined ? {} : { umPerPixel }),
    boxes: boxes.map(({ box, label, ignore }) => ({
      box,
      label,
      touchesEdge: touchesEdge(box, width, height),
      ...(ignore ? { ignore } : {}),
    })),
  }))
}
