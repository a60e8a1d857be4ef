import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFields } from './check-fields.ts'
import { inspectCoco } from './coco/coco.ts'
import { fieldsOfCoco, toCoco } from './coco/fields.ts'
import type { LabelledField } from './labelled-image.ts'
import { inspectLabelme } from './labelme/labelme.ts'
import { toLabelme } from './labelme/write.ts'
import { inspectVoc } from './voc/voc.ts'
import { inspectYolo } from './yolo/yolo.ts'

const field = (boxes: LabelledField['boxes'], file = 'a.png'): LabelledField => ({
  file,
  source: '',
  width: 100,
  height: 80,
  boxes,
})

test('sound labels have no problem', () => {
  expect(checkFields([field([{ box: [0, 0, 100, 80], label: 'nucleated_cell' }])])).toEqual([])
})

test('all that is wrong is listed with its place', () => {
  const fields = [
    field([
      { box: [90, 10, 20, 20], label: 'blast', number: 1, id: 4 },
      { box: [10, 10, 20, 20], label: 'neutrophile', number: 1, id: 4 },
      { box: [10, 40, 20, 0], label: 'blast', reason: 'smudged' },
      { box: [60, 40, 20, 20], label: 'blast' },
      { box: [61, 40, 20, 20], label: 'blast' },
    ]),
    field([]),
    field([], 'b.png'),
    field([], 'c.png'),
  ]
  const sizes = new Map([
    ['a.png', { width: 100, height: 80 }],
    ['c.png', { width: 100, height: 90 }],
  ])
  const said = checkFields(fields, { sizeOf: ({ file }) => sizes.get(file) }).map(
    ({ file, where, why }) => `${file}, ${where}: ${why}`,
  )
  expect(said).toEqual([
    'a.png, shape 1: the box 90 10 20 20 reaches out of the image of 100×80',
    "a.png, shape 2: the label 'neutrophile' is not known",
    'a.png, shape 2: the number 1 is there twice',
    'a.png, shape 2: the id 4 is there twice',
    'a.png, shape 3: the box has no area',
    'a.png, shape 3: it has a reason to be ignored but is not ignored',
    'a.png, shape 5: it lies on shape 4: one cell drawn twice',
    'a.png, image: it is labelled twice',
    'b.png, image: the image is not there',
    'c.png, image: it has 100×90 pixels, the labels say 100×80',
  ])
})

test('a hundred thousand boxes, half of them wrong, are read and listed in seconds', () => {
  const boxes = Array.from({ length: 100_000 }, (_, i) => ({
    box: [(i % 400) * 10, Math.floor(i / 400) * 10, 8, 8] as [number, number, number, number],
    label: 'nucleated_cell',
  }))
  const large = { ...field(boxes), width: 4000, height: 1250 }
  const { value } = inspectLabelme(toLabelme(large, 'a.png'), 'a.json')
  const coco = inspectCoco(
    toCoco([large], ({ file }) => file),
    'a.json',
  )
  for (const read of [{ ...large, ...value! }, ...fieldsOfCoco(coco.value, '', () => 'a.png')]) {
    expect(checkFields([read])).toHaveLength(50_000)
  }
}, 60_000)

test('COCO: each broken element, not the first only', () => {
  const images = [{ id: 1, file_name: 'a.png', width: 9, height: 9 }]
  const sound = { id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 2, 2] }
  const { value, problems } = inspectCoco(
    {
      images: [...images, ...images],
      annotations: [sound, sound, { ...sound, id: 2, bbox: 'x' }, { ...sound, id: 3, image_id: 5 }, null],
      categories: 'none',
    },
    'a.json',
  )
  expect(value.images).toHaveLength(1)
  expect(problems.map(({ where, why }) => `${where} ${why}`)).toEqual([
    '/categories must be array',
    '/images/1 the id 1 is there twice',
    '/annotations/3 there is no image 5',
    '/annotations/4 must be object',
    '/annotations/0 there is no category 1; it becomes an ignored box',
    '/annotations/1 there is no category 1; it becomes an ignored box',
    '/annotations/1 the id 1 is there twice',
    '/annotations/2/bbox must be array',
  ])
})

test('Pascal VOC and YOLO: each broken object and line', () => {
  const object = (corners: string) => `<object><name>blast</name><bndbox>${corners}</bndbox></object>`
  const good = '<xmin>1</xmin><ymin>1</ymin><xmax>5</xmax><ymax>5</ymax>'
  const voc = `<annotation><filename>007</filename><size><width>9</width><height>9</height></size>${object(good)}${object('')}${object(good.replace('<ymax>5', '<ymax>0'))}</annotation>`
  const { value, problems } = inspectVoc(voc, 'a.xml')
  expect(value).toMatchObject({ filename: '007', boxes: [{ box: [0, 0, 5, 5] }] })
  expect(problems.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['/annotation/object/1/bndbox', 'object 3']),
  )
  const yolo = inspectYolo('0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n0 5 5 1 1\n', {
    file: 'a.txt',
    width: 9,
    height: 9,
    names: ['blast'],
  })
  expect(yolo.value.map(({ ignore }) => ignore ?? false)).toEqual([false, true])
  expect(yolo.problems.map(({ where }) => where)).toEqual(['line 2', 'line 3'])
})

test('no JSON makes the reading of COCO throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (data) => void inspectCoco(data, 'a.json')))
})
