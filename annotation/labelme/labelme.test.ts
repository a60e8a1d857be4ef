import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspectLabelme } from './labelme.ts'
import { toLabelme } from './write.ts'

const shape = (points: unknown, more: object = {}) => ({
  label: 'blast',
  points,
  shape_type: 'rectangle',
  ...more,
})

function file(shapes: unknown[], more: object = {}): string {
  return JSON.stringify({
    version: '3.16.7',
    flags: {},
    lineColor: [0, 255, 0, 128],
    shapes,
    imagePath: '..\\images\\a.jpg',
    imageData: 'AAAA',
    imageHeight: 80,
    imageWidth: 100,
    ...more,
  })
}

const boxes = (text: string) => inspectLabelme(text, 'a.json').value?.boxes.map(({ box }) => box)

describe('reads what labelme writes', () => {
  test('rectangles with their corners in any order', () => {
    const corners = [
      [
        [10, 20],
        [40, 60],
      ],
      [
        [40, 60],
        [10, 20],
      ],
      [
        [10, 60],
        [40, 20],
      ],
    ]
    expect(boxes(file(corners.map((points) => shape(points))))).toEqual(corners.map(() => [10, 20, 30, 40]))
  })

  test('polygons, circles and shapes of old versions without a kind', () => {
    const triangle = [
      [10, 60],
      [40, 60],
      [25, 20],
    ]
    const circle = [
      [30, 30],
      [30, 40],
    ]
    const text = file([
      shape(triangle, { shape_type: 'polygon' }),
      shape(triangle, { shape_type: undefined }),
      shape(circle, { shape_type: 'circle' }),
    ])
    expect(boxes(text)).toEqual([
      [10, 20, 30, 40],
      [10, 20, 30, 40],
      [20, 20, 20, 20],
    ])
  })

  test('ignored boxes with their reason; paths of Windows; a byte order mark', () => {
    const ignored = shape(
      [
        [0, 0],
        [5, 5],
      ],
      { flags: { ignore: true }, description: 'smudged', group_id: 3 },
    )
    const { value, problems } = inspectLabelme(`\uFEFF${file([ignored])}`, 'a.json')
    expect(problems).toEqual([])
    expect(value).toEqual({
      imagePath: '../images/a.jpg',
      width: 100,
      height: 80,
      boxes: [{ box: [0, 0, 5, 5], label: 'blast', ignore: true, reason: 'smudged', touchesEdge: true }],
    })
  })

  test('files that do not say the size of their image, where it is known', () => {
    const text = file([], { imageHeight: null, imageWidth: undefined })
    expect(inspectLabelme(text, 'a.json').problems.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['/imageHeight']),
    )
    expect(inspectLabelme(text, 'a.json', { width: 7, height: 8 }).value).toMatchObject({
      width: 7,
      height: 8,
    })
  })
})

test('no image stands in what is written', () => {
  const field = { file: 'a.png', source: '', width: 9, height: 9, boxes: [] }
  expect(JSON.parse(toLabelme(field, 'a.png'))).toMatchObject({ imageData: null, shapes: [] })
})

test('everything that is wrong is listed, with the number of the shape', () => {
  const text = file([
    shape([
      [1, 1],
      [5, 5],
    ]),
    shape([[1, 1]]),
    shape('no points'),
    shape([[1, 1]], { shape_type: 'point' }),
    shape(
      [
        [1, 1],
        [5, 5],
      ],
      { label: 7, flags: [] },
    ),
    17,
  ])
  const { value, problems } = inspectLabelme(text, 'a.json')
  expect(value?.boxes.map(({ ignore }) => ignore ?? false)).toEqual([false, true, true, true])
  expect([...new Set(problems.map(({ where }) => where))]).toEqual([
    'shape 2',
    'shape 3',
    'shape 4',
    'shape 5',
    'shape 6',
  ])
  expect(problems.map(({ why }) => why)).toEqual(
    expect.arrayContaining([
      'the box has no area; it becomes an ignored box',
      '/points must be array',
      'a point encloses no cell; it becomes an ignored box',
      'it has no label that can be read; it becomes an ignored box',
    ]),
  )
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((s) => file([JSON.parse(s)])),
      ),
      (text) => {
        const { value, problems } = inspectLabelme(text, 'a.json')
        expect(value !== undefined || problems.length > 0).toBe(true)
      },
    ),
  )
})
