/** labelme files as other programs write them; the issue in brackets is where somebody met one. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encoded } from '../encodings-for-tests.ts'
import { readLabelSet } from '../label-set/label-set.ts'
import { tree } from '../layouts/tree-for-tests.ts'
import { inspectLabelme } from './labelme.ts'

type Points = [number, number][]

const shape = (points: Points, more: object = {}) => ({
  ...{ label: 'lymphocyte', points, group_id: null, description: '', shape_type: 'rectangle', flags: {} },
  ...more,
})

const file = (shapes: unknown[], more: object = {}) =>
  JSON.stringify({
    ...{ version: '5.5.0', flags: {}, shapes, imagePath: 'a.jpg' },
    ...{ imageData: null, imageHeight: 200, imageWidth: 260, ...more },
  })

const corners = (left: number, top: number, right: number, bottom: number): Points => [
  [left, top],
  [right, bottom],
]

const read = (shapes: unknown[]) => inspectLabelme(file(shapes), 'a.json')
const size = { width: 260, height: 200 }

describe('keys of other programs cost no cell', () => {
  test.each([
    [
      'a score that is null [X-AnyLabeling#376]',
      { score: null, difficult: false, attributes: {}, kie_linking: [] },
    ],
    ['an id that is text', { id: 'c1' }],
    ['a number that is text, flags that are a list', { number: '3', flags: [], proposed_by: 7 }],
  ])('%s', (_, more) => {
    const { value, problems } = read([shape(corners(10, 10, 60, 60), more)])
    expect(problems).toEqual([])
    expect(value?.boxes).toEqual([{ box: [10, 10, 50, 50], label: 'lymphocyte', touchesEdge: false }])
  })

  test('a number of our own that two boxes have stays with the first', () => {
    const { value, problems } = read([
      shape(corners(10, 10, 60, 60), { number: 1 }),
      shape(corners(100, 10, 160, 60), { number: 1 }),
    ])
    expect(value?.boxes.map(({ number }) => number)).toEqual([1, undefined])
    expect(problems).toMatchObject([{ where: 'number 1', became: 'read' }])
  })

  test('whatever they hold', () => {
    const ours = fc.constantFrom('number', 'id', 'score', 'proposed_by', 'description', 'difficult', 'mask')
    const noise = fc.dictionary(fc.oneof(ours, fc.string({ minLength: 1 })), fc.jsonValue())
    const kept = ['label', 'points', 'shape_type', 'flags', 'group_id']
    fc.assert(
      fc.property(noise, noise, (onShape, onFile) => {
        for (const key of kept) delete onShape[key]
        for (const key of ['shapes', 'imagePath', 'imageHeight', 'imageWidth']) delete onFile[key]
        const text = file([shape(corners(10, 10, 60, 60), onShape)], onFile)
        const { value, problems } = inspectLabelme(text, 'a.json')
        expect(value?.boxes).toMatchObject([{ box: [10, 10, 50, 50], label: 'lymphocyte' }])
        expect(problems.every(({ became }) => became === 'read')).toBe(true)
      }),
    )
  })
})

test('turned rectangles become the box around; what encloses no cell is an ignored box [X-AnyLabeling#331]', () => {
  const turned = (x: number): Points => [
    [x, 20],
    [x + 30, 50],
    [x, 80],
    [x - 30, 50],
  ]
  const { value, problems } = read([
    shape(turned(50), { shape_type: 'rotation', direction: 0.785 }),
    shape(turned(150), { shape_type: 'oriented_rectangle' }),
    shape(turned(250), { shape_type: 'rotation' }),
    shape(corners(20, 150, 30, 160), { shape_type: 'line', label: 'x' }),
    shape([[5, 5]], { shape_type: 'point', label: 'x' }),
    shape(corners(200, 150, 220, 160), { shape_type: 'ellipse' }),
    shape(corners(100, 20, 200, 60), { shape_type: 'rotation' }),
  ])
  expect(value?.boxes.map(({ box, ignore }) => [box, ignore ?? false])).toEqual([
    [[20, 20, 60, 60], false],
    [[120, 20, 60, 60], false],
    [[220, 20, 40, 60], false],
    [[0, 125, 55, 60], true],
    [[0, 0, 35, 35], true],
    [[180, 125, 60, 60], true],
    [[100, 10, 100, 60], true],
  ])
  expect(problems.map(({ where, became }) => [where, became])).toEqual([
    ['shape 4', 'ignored'],
    ['shape 5', 'ignored'],
    ['shape 6', 'ignored'],
    ['shape 7', 'ignored'],
  ])
})

test('a mask names its first and its last pixel, so its box is a pixel wider', () => {
  const { value, problems } = read([shape(corners(10, 20, 59, 79), { shape_type: 'mask', mask: 'iVBOR' })])
  expect(value?.boxes.map(({ box }) => box)).toEqual([[10, 20, 50, 60]])
  expect(problems).toEqual([])
})

test('shares of the image are no pixels, and leave the image out', () => {
  const { problems } = read([shape(corners(0.1, 0.2, 0.3, 0.5)), shape(corners(0, 0, 1, 1))])
  expect(problems).toEqual([
    { file: 'a.json', where: 'shape 1', why: '/points they are shares of the image, not pixels' },
  ])
})

describe('one cell as several polygons of a group [labelme#714]', () => {
  const triangle = (x: number): Points => [
    [x, 10],
    [x + 20, 12],
    [x + 10, 30],
  ]
  const part = (x: number, more: object = {}) =>
    shape(triangle(x), { shape_type: 'polygon', group_id: 1, ...more })

  test('is one cell, and that is told', () => {
    const { value, problems } = read([part(10), part(40), shape(corners(100, 100, 140, 140))])
    expect(value?.boxes.map(({ box }) => box)).toEqual([
      [10, 10, 50, 20],
      [100, 100, 40, 40],
    ])
    expect(problems).toMatchObject([
      { where: 'shape 1', became: 'read', why: expect.stringContaining('1, 2') },
    ])
  })

  test.each([
    [
      'rectangles',
      [shape(corners(10, 10, 30, 30), { group_id: 0 }), shape(corners(40, 10, 60, 30), { group_id: 0 })],
    ],
    ['outlines far apart', [part(10), part(200)]],
  ])('%s stay cells of their own, and that is told', (_, shapes) => {
    const { value, problems } = read(shapes)
    expect(value?.boxes).toHaveLength(2)
    expect(problems).toMatchObject([{ became: 'read' }])
  })
})

test('a file of Windows in GBK [labelme#683]', async () => {
  const text = file([shape(corners(10, 10, 60, 60), { label: '淋巴细胞' })], { imagePath: '骨髓1.jpg' })
  const dir = await tree('mine', { 'a.json': encoded(text, 'GB18030') })
  const { value, problems } = await readLabelSet(dir, 'labelme')
  expect(value).toMatchObject([{ file: '骨髓1.jpg', boxes: [{ label: '淋巴细胞' }] }])
  expect(problems).toMatchObject([{ became: 'read', why: expect.stringContaining('GB18030') }])
})

test('a name in another Unicode form is found, and that is told [paperbanana#240]', async () => {
  const name = 'Müller-Kňez é.jpg'
  const dir = await tree('mine', {
    [`labels/${name.normalize('NFD').replace('jpg', 'json')}`]: file([shape(corners(10, 10, 60, 60))], {
      imagePath: name.normalize('NFD'),
    }),
    [`img/${name.normalize('NFC')}`]: size,
  })
  const { value, problems } = await readLabelSet(join(dir, 'labels'), 'labelme', { images: join(dir, 'img') })
  expect(value.map((field) => field.file)).toEqual([name.normalize('NFC')])
  expect(problems).toMatchObject([
    { where: 'image', became: 'read', why: expect.stringContaining('Unicode') },
  ])
})

test('an image of which a cell cannot be read is left out, whatever is wrong with it', async () => {
  const broken = fc.constantFrom<unknown>(
    null,
    17,
    {},
    { ...shape([]), points: 'x' },
    { ...shape([]), points: [[1]] },
    { ...shape([]), points: [['1', '2']] },
    shape([]),
  )
  await fc.assert(
    fc.asyncProperty(broken, fc.boolean(), async (wrong, first) => {
      const sound = shape(corners(10, 10, 60, 60))
      const dir = await tree('mine', {
        'a.json': file(first ? [wrong, sound] : [sound, wrong]),
        'b.json': file([sound], { imagePath: 'b.jpg' }),
      })
      const { value, incomplete, problems } = await readLabelSet(dir, 'labelme')
      expect(value.map((field) => field.file)).toEqual(['b.jpg'])
      expect(incomplete.map((field) => field.file)).toEqual(['a.jpg'])
      expect(problems).toContainEqual(expect.objectContaining({ where: 'image', file: join(dir, 'a.json') }))
    }),
    { numRuns: 14 },
  )
})
