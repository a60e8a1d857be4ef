/** COCO files as other programs write them; the issue in brackets is where somebody met one. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatOf, readLabelSet } from '../label-set/label-set.ts'
import type { Box } from '../labelled-image.ts'
import { tree } from '../layouts/tree-for-tests.ts'
import { inspectCoco, parseCoco } from './coco.ts'
import { fieldsOfCoco } from './fields.ts'

const image = { id: 1, file_name: 'a.jpg', width: 260, height: 200 }
const size = { width: 260, height: 200 }
const categories = [
  { id: 0, name: 'lymphocyte', supercategory: 'none' },
  { id: 7, name: 'monocyte' },
]
const cell = (more: object = {}) => ({ id: 1, image_id: 1, category_id: 0, bbox: [50, 80, 40, 40], ...more })

const coco = (annotations: unknown[], images: unknown[] = [image]) => ({
  ...{ info: {}, licenses: [], images, annotations, categories },
})

function read(annotations: unknown[], images?: unknown[]) {
  const inspected = inspectCoco(coco(annotations, images), 'a.json')
  return {
    ...inspected,
    fields: fieldsOfCoco(inspected.value, '', ({ file_name }) => file_name, { keep: true }),
  }
}

const boxes = (annotations: unknown[]) => read(annotations).fields[0]!.boxes.map(({ box }) => box)

describe('attributes of another program cost no cell [cvat#4764]', () => {
  test('as CVAT writes them', () => {
    const { fields, problems } = read([
      cell({ attributes: { occluded: false, number: '3', reason: null }, segmentation: [], iscrowd: 0 }),
      cell({ id: 2, bbox: [150, 80, 40, 40], attributes: [] }),
    ])
    expect(problems).toEqual([])
    expect(fields[0]!.boxes).toEqual([
      { id: 1, box: [50, 80, 40, 40], label: 'lymphocyte', touchesEdge: false },
      { id: 2, box: [150, 80, 40, 40], label: 'lymphocyte', touchesEdge: false },
    ])
  })

  test('whatever they hold', () => {
    const ours = fc.constantFrom('reason', 'number', 'proposed_by', 'score', 'area', 'id', 'ignore_it')
    const noise = fc.dictionary(fc.oneof(ours, fc.string({ minLength: 1 })), fc.jsonValue())
    const kept = ['image_id', 'category_id', 'bbox', 'segmentation', 'iscrowd', 'ignore', 'attributes']
    fc.assert(
      fc.property(noise, noise, fc.jsonValue(), (onCell, inAttributes, crowd) => {
        for (const key of kept) delete onCell[key]
        delete inAttributes.rotation
        const { fields, incomplete } = read([
          // A small cell cannot be mistaken for corners.
          cell({ bbox: [150, 80, 40, 40], ...onCell, attributes: inAttributes }),
          cell({ id: 'x', attributes: crowd }),
        ])
        expect(fields[0]!.boxes.map(({ box, label }) => [box, label])).toEqual([
          [[150, 80, 40, 40], 'lymphocyte'],
          [[50, 80, 40, 40], 'lymphocyte'],
        ])
        expect([...incomplete]).toEqual([])
      }),
    )
  })

  test('ids as text and as numbers are the same', () => {
    const { fields, problems } = read([cell({ image_id: '1', category_id: '7' })])
    expect(problems).toEqual([])
    expect(fields[0]!.boxes.map(({ label }) => label)).toEqual(['monocyte'])
  })
})

test('a turned box becomes the box around, in the image [cvat#4745]', () => {
  const turned = (bbox: Box, rotation: unknown) => cell({ bbox, attributes: { occluded: false, rotation } })
  expect(boxes([turned([50, 80, 100, 20], 90)])).toEqual([[90, 40, 20, 100]])
  expect(boxes([turned([50, 80, 100, 20], 180)])).toEqual([[50, 80, 100, 20]])
  expect(boxes([turned([0, 100, 60, 20], '90.0')])).toEqual([[20, 80, 20, 60]])
  expect(boxes([turned([0, 0, 100, 20], 90)])).toEqual([[40, 0, 20, 60]])
})

describe('only a segmentation [EISeg#85]', () => {
  const counts = [2050, 10, 190, 10, 190, 10, 49540]
  test('has its own box', () => {
    const mask = { size: [200, 260], counts }
    const polygon = [[100, 100, 140, 100, 140, 150, 100, 150]]
    const without = (segmentation: unknown, bbox?: unknown) => cell({ bbox, segmentation, id: undefined })
    expect(boxes([without(mask), without(polygon, []), without(polygon, null)])).toEqual([
      [10, 50, 3, 10],
      [100, 100, 40, 50],
      [100, 100, 40, 50],
    ])
  })

  test('a mask in the letters of pycocotools is the same', () => {
    const packed = { size: [200, 260], counts: lettersOf(counts) }
    expect(boxes([cell({ bbox: undefined, segmentation: packed })])).toEqual([[10, 50, 3, 10]])
  })

  test.each([
    { segmentation: { size: [200, 260], counts: [2050, 10] } },
    { segmentation: { size: [200], counts } },
    { segmentation: { size: [200, 260], counts: 'x' } },
    { segmentation: [[1, 2, 3]] },
    { segmentation: [] },
    { segmentation: 'x' },
    {},
  ])('%j has none, and leaves the image out', async ({ segmentation }) => {
    const { incomplete, problems } = read([cell({ bbox: undefined, segmentation })])
    expect([...incomplete]).toEqual([1])
    expect(problems).toMatchObject([{ where: '/annotations/0/bbox' }])
  })
})

test('shares of the image are no pixels, and leave the image out', () => {
  const { incomplete, problems } = read([cell({ bbox: [0.1, 0.2, 0.2, 0.3] }), cell({ bbox: [0, 0, 1, 1] })])
  expect([...incomplete]).toEqual([1])
  expect(problems).toMatchObject([{ where: '/annotations/0/bbox', why: expect.stringContaining('shares') }])
})

test('an id on two images costs no cell, and is told [mmdetection#4897]', () => {
  const { fields, problems } = read(
    [cell(), cell({ image_id: 2, category_id: 7, bbox: [60, 80, 40, 40] })],
    [image, { ...image, id: 2, file_name: 'b.jpg' }],
  )
  expect(fields.map((field) => field.boxes)).toEqual([
    [{ id: 1, box: [50, 80, 40, 40], label: 'lymphocyte', touchesEdge: false }],
    [{ box: [60, 80, 40, 40], label: 'monocyte', touchesEdge: false }],
  ])
  expect(problems).toMatchObject([{ where: '/annotations/1', became: 'read' }])
})

test('two images of one id are both left out, for nobody knows whose the cells are', () => {
  const { fields, problems } = read([cell()], [image, { ...image, file_name: 'b.jpg' }])
  expect(fields).toEqual([])
  expect(problems[0]!.why).toContain('neither is taken')
})

test.each([
  ['NaN', 'area', 0],
  ['Infinity', 'score', 0],
  ['-Infinity', 'area', 0],
  ['NaN', 'bbox', 1],
])('%s in %s, as Python writes it, is named with its line [centernet-uda#6]', async (word, key, lost) => {
  const value = key === 'bbox' ? `[50, ${word}, 40, 40]` : word
  const text = JSON.stringify(coco([cell({ [key]: 0 }), cell({ id: 2, bbox: [150, 80, 40, 40] })]), null, 1)
    .replace('"a.jpg"', '"NaN.jpg"')
    .replace(new RegExp(`"${key}": 0`), `"${key}": ${value}`)
  const line = text.split('\n').findIndex((words) => words.includes(`"${key}": ${value}`)) + 1
  const dir = await tree('mine', { 'i.json': text })
  expect(await formatOf(dir)).toBe('coco')
  const { value: fields, incomplete, problems } = await readLabelSet(dir, 'coco')
  expect(problems[0]).toMatchObject({
    where: `line ${line}`,
    why: expect.stringContaining(word),
    became: 'read',
  })
  expect([fields.length, incomplete.length]).toEqual([1 - lost, lost])
  if (lost === 0) expect(fields[0]!.boxes).toHaveLength(2)
})

describe('corners in the place of sizes [Detectron#68]', () => {
  const polygon = [[50, 80, 90, 80, 90, 120, 50, 120]]

  test.each([
    ['a polygon', cell({ bbox: [50, 80, 90, 120], area: 1600, segmentation: polygon })],
    ['the area', cell({ bbox: [50, 80, 90, 120], area: 1600 })],
    ['the edge of the image', cell({ bbox: [150, 80, 190, 120] })],
  ])('are known by %s, and told', (_, annotation) => {
    const { fields, problems } = read([annotation, cell({ id: 2, bbox: [10, 20, 40, 60] })])
    expect(fields[0]!.boxes[0]!.box.slice(2)).toEqual([40, 40])
    expect(fields[0]!.boxes[1]!.box).toEqual([10, 20, 30, 40])
    expect(problems).toMatchObject([
      { where: '/annotations/0/bbox', became: 'read', why: expect.stringContaining('1 more') },
    ])
  })

  test('sizes stay sizes where the area says so', () => {
    expect(boxes([cell({ bbox: [50, 80, 90, 120], area: 90 * 120 })])).toEqual([[50, 80, 90, 120]])
  })

  test('a box that its polygon contradicts in no way that is known is ignored', () => {
    const { fields, problems } = read([cell({ bbox: [200, 10, 20, 20], segmentation: polygon })])
    expect(fields[0]!.boxes).toMatchObject([{ box: [50, 10, 170, 110], ignore: true, reason: 'doubtful' }])
    expect(problems).toMatchObject([{ became: 'ignored' }])
  })

  test('every box of a set is read right or told', () => {
    const box = fc
      .record({ x: fc.integer({ min: 1, max: 200 }), y: fc.integer({ min: 1, max: 150 }) })
      .chain(({ x, y }) =>
        fc
          .tuple(fc.integer({ min: 10, max: 259 - x }), fc.integer({ min: 10, max: 199 - y }))
          .map(([w, h]): Box => [x, y, w, h]),
      )
    const witness = fc.constantFrom('polygon', 'area')
    fc.assert(
      fc.property(
        fc.array(box, { minLength: 1, maxLength: 8 }),
        witness,
        fc.boolean(),
        (drawn, beside, asCorners) => {
          const { fields, problems } = read(
            drawn.map(([x, y, w, h], id) => ({
              ...cell({ id: id + 1, bbox: asCorners ? [x, y, x + w, y + h] : [x, y, w, h] }),
              ...(beside === 'area'
                ? { area: w * h }
                : { segmentation: [[x, y, x + w, y, x + w, y + h, x, y + h]] }),
            })),
          )
          expect(fields[0]!.boxes.map((found) => found.box)).toEqual(drawn)
          expect(problems).toHaveLength(asCorners ? 1 : 0)
        },
      ),
    )
  })
})

describe('the images of COCO labels', () => {
  const set = (name: string, more: object = {}) =>
    JSON.stringify(coco([cell()], [{ id: 1, file_name: name, ...more }]))

  test('a path of Windows from another machine is found, and told [label-studio#7294]', async () => {
    const dir = await tree('mine', { 'i.json': set('images\\1\\cb-a.jpg', size), 'img/cb-a.jpg': size })
    const { value, problems } = await readLabelSet(join(dir, 'i.json'), 'coco', { images: join(dir, 'img') })
    expect(value.map(({ file }) => file)).toEqual(['cb-a.jpg'])
    expect(problems).toMatchObject([
      { where: 'images', became: 'read', why: expect.stringContaining('cb-a.jpg') },
    ])
    const alone = await readLabelSet(join(dir, 'i.json'), 'coco')
    expect(alone.value.map(({ file }) => file)).toEqual(['images/1/cb-a.jpg'])
  })

  test.each([{}, { width: 0, height: 0 }, { width: null, height: 'x' }])(
    'a size that is not there is that of the image: %j [labelImg#160]',
    async (more) => {
      const dir = await tree('mine', { 'i.json': set('a.jpg', more), 'a.jpg': size })
      for (const options of [{ images: dir }, {}]) {
        const { value, problems } = await readLabelSet(dir, 'coco', options)
        expect(problems).toEqual([])
        expect(value).toMatchObject([{ file: 'a.jpg', ...size, boxes: [{ box: [50, 80, 40, 40] }] }])
      }
      const away = await tree('mine', { 'i.json': set('a.jpg', more) })
      expect((await readLabelSet(away, 'coco')).value).toEqual([])
    },
  )

  test('where several may be meant none is taken', async () => {
    const dir = await tree('mine', {
      'i.json': set('x/a.jpg', size),
      'img/1/a.jpg': size,
      'img/2/a.jpg': size,
    })
    const { value, problems } = await readLabelSet(join(dir, 'i.json'), 'coco', { images: join(dir, 'img') })
    expect(value).toEqual([])
    expect(problems).toMatchObject([{ where: 'image', why: expect.stringContaining('1/a.jpg, 2/a.jpg') }])
  })
})

test.each([null, 17, {}, { ...cell(), image_id: null }])(
  '%j may be of any image, so all are left out',
  async (lost) => {
    const dir = await tree('mine', { 'i.json': JSON.stringify(coco([cell(), lost])) })
    const { value, incomplete } = await readLabelSet(dir, 'coco')
    expect([value.length, incomplete.length]).toEqual([0, 1])
  },
)

test('an image of which a cell cannot be read is left out; one without a category is ignored', async () => {
  const wrong = fc.constantFrom<object>(
    { bbox: undefined },
    { bbox: [1, 2, 3] },
    { bbox: 'x' },
    { bbox: [50, 80, 0, 40] },
    { bbox: [50, 80, -5, 40] },
    { bbox: [50, null, 40, 40] },
    { category_id: 99 },
    { category_id: null },
  )
  await fc.assert(
    fc.asyncProperty(wrong, async (more) => {
      const images = [image, { ...image, id: 2, file_name: 'b.jpg' }]
      const labels = coco([cell(), cell({ id: 2, ...more }), cell({ id: 3, image_id: 2 })], images)
      const { value } = await readLabelSet(await tree('mine', { 'i.json': JSON.stringify(labels) }), 'coco')
      const [first, second] = ['a.jpg', 'b.jpg'].map((name) => value.find(({ file }) => file === name))
      if ('bbox' in more) expect(first).toBeUndefined()
      else expect(first!.boxes.map(({ ignore }) => ignore ?? false)).toEqual([false, true])
      expect(second!.boxes).toHaveLength(1)
      expect(() => parseCoco(labels, 'i.json')).toThrow(expect.objectContaining({ code: 'COCO_INVALID' }))
    }),
    { numRuns: 16 },
  )
})

/** As pycocotools packs runs into text. */
function lettersOf(counts: readonly number[]): string {
  return counts
    .map((count, at) => {
      let rest = at > 2 ? count - counts[at - 2]! : count
      let letters = ''
      for (;;) {
        const bits = rest & 0x1f
        rest >>= 5
        const more = bits & 0x10 ? rest !== -1 : rest !== 0
        letters += String.fromCharCode((more ? bits | 0x20 : bits) + 48)
        if (!more) return letters
      }
    })
    .join('')
}
