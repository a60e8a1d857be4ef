/** YOLO labels as other programs write them; the issue in brackets is where somebody met some. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encoded } from '../encodings-for-tests.ts'
import { formatOf, readLabelSet } from '../label-set/label-set.ts'
import { type Content, tree } from '../layouts/tree-for-tests.ts'
import { namesInYaml } from './yaml.ts'
import { inspectYolo } from './yolo.ts'

const size = { width: 260, height: 200 }
const CLASSES = 'lymphocyte\nmonocyte\n'
const BOX = '0 0.5 0.5 0.1 0.1\n'

/** What is read of a set that nobody says more about than its folder. */
async function read(files: Record<string, Content>) {
  const dir = await tree('mine', files)
  expect(await formatOf(dir)).toBe('yolo')
  const { value, problems } = await readLabelSet(dir, 'yolo')
  const labels = Object.fromEntries(value.map(({ file, boxes }) => [file, boxes.map(({ label }) => label)]))
  return { value, labels, problems, dir }
}

const lines = (text: string) =>
  inspectYolo(text, { file: 'a.txt', ...size, names: ['lymphocyte', 'monocyte'] })

describe('the names of the classes', () => {
  test('have the numbers of their lines, also where one is blank [darknet#2990]', async () => {
    const { labels, value, problems } = await read({
      'classes.txt': 'lymphocyte\n\nmonocyte\nbasophil\n\n',
      'labels/a.txt': '0 0.1 0.1 0.1 0.1\n2 0.5 0.5 0.1 0.1\n1 0.8 0.8 0.1 0.1\n',
      'images/a.jpg': size,
    })
    expect(labels).toEqual({ 'a.jpg': ['lymphocyte', 'monocyte', 'nucleated_cell'] })
    expect(value[0]!.boxes[2]).toMatchObject({ ignore: true, reason: 'doubtful' })
    expect(problems).toMatchObject([
      { where: 'line 3', became: 'ignored', why: expect.stringContaining('no name') },
    ])
  })

  test('may be in GBK, and that is told [labelme#683]', async () => {
    const { labels, problems } = await read({
      'classes.txt': encoded('淋巴细胞\r\n单核细胞\r\n', 'GB18030'),
      'labels/a.txt': '1 0.5 0.5 0.1 0.1\n',
      'images/a.jpg': size,
    })
    expect(labels).toEqual({ 'a.jpg': ['单核细胞'] })
    expect(problems).toMatchObject([{ became: 'read', why: expect.stringContaining('GB18030') }])
  })

  test.each([
    ['data.yaml', "train: ../train/images\nnc: 2\nnames: ['lymphocyte','monocyte']\n"],
    ['dataset.yml', 'names:\n  0: lymphocyte\n  1: monocyte # or so\n'],
    ['obj.names', CLASSES],
    ['labels/classes.txt', CLASSES],
  ])('stand in %s [cvat#9433]', async (name, text) => {
    const { labels, problems } = await read({ [name]: text, 'labels/a.txt': BOX, 'images/a.jpg': size })
    expect(labels).toEqual({ 'a.jpg': ['lymphocyte'] })
    expect(problems).toEqual([])
  })

  test.each([
    ['two files that differ', { 'classes.txt': CLASSES, 'data.yaml': 'names: [monocyte, lymphocyte]\n' }],
    ['a list that nc contradicts', { 'data.yaml': 'nc: 3\nnames: [lymphocyte, monocyte]\n' }],
    ['names that are no list', { 'data.yaml': 'names: *other\n' }],
  ])('are not taken from %s', async (_, names) => {
    const { labels, problems } = await read({ ...names, 'labels/a.txt': BOX, 'images/a.jpg': size })
    expect(labels).toEqual({})
    expect(problems).toMatchObject([{ where: 'names' }])
  })

  test('are read from YAML in each way of writing them', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_ ]{0,10}[a-z]$/),
      fc.constantFrom('淋巴细胞', 'b # c', "d'e", 'f,g', 'h: i'),
    )
    const quote = fc.constantFrom<(word: string) => string>(
      (word) => `'${word.replaceAll("'", "''")}'`,
      (word) => JSON.stringify(word),
      (word) => (/[#',:]/.test(word) ? JSON.stringify(word) : word),
    )
    const layout = fc.constantFrom<(names: string[]) => string>(
      (names) => `[${names.join(', ')}]`,
      (names) => `[\n  ${names.join(',\n  ')},\n]`,
      (names) => `\n${names.map((word) => `- ${word}`).join('\n')}`,
      (names) => `  # all\n\n${names.map((word) => `    - ${word}  # one`).join('\n')}`,
      (names) => `{${names.map((word, at) => `${at}: ${word}`).join(', ')}}`,
      (names) => `\n${names.map((word, at) => `  ${at}: ${word}`).join('\r\n')}`,
    )
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), quote, layout, (names, quoted, laid) => {
        const text = `path: ../x # here\nnc: ${names.length}\nnames: ${laid(names.map(quoted))}\nroboflow:\n  names: no\n`
        expect(namesInYaml(text)).toEqual(names)
      }),
    )
  })
})

describe('lines', () => {
  test('of polygons become the box around; a sixth value is a score [ultralytics#19855]', () => {
    const { value, problems } = lines(
      '0 0.1 0.1 0.3 0.1 0.3 0.3 0.1 0.3\n1 0.6 0.6 0.2 0.2 0.93\n1 0.6 0.6 0.2 0.2 7\n',
    )
    expect(value).toMatchObject([
      { box: [26, 20, 52, 40], label: 'lymphocyte' },
      { box: [130, 100, 52, 40], label: 'monocyte', score: 0.93 },
      { box: [130, 100, 52, 40], label: 'monocyte' },
    ])
    expect(problems).toMatchObject([{ where: 'line 3', became: 'read' }])
  })

  test('that lie a hair beyond the image are cut off, and told where it is more [yolov5#3509]', () => {
    const { value, problems } = lines(
      '0 0.9 0.5 0.2000001 0.2\n0 1.0000001 0.5 0.1 0.1\n0 0.5 0.5 1.000001 0.5\n1 0.95 0.5 0.2 0.1\n',
    )
    expect(value.map(({ box }) => box.map((side) => Math.round(side * 100) / 100))).toEqual([
      [208, 80, 52, 40],
      [247, 90, 13, 20],
      [0, 50, 260, 100],
      [221, 90, 39, 20],
    ])
    expect(problems.map(({ where, became }) => [where, became])).toEqual([
      ['line 2', 'read'],
      ['line 4', 'read'],
    ])
  })

  test('in any form are the box that was drawn', () => {
    const share = fc.integer({ min: 0, max: 80 })
    const box = fc.tuple(share, share).chain(([x, y]) => {
      return fc
        .tuple(fc.integer({ min: 5, max: 100 - x }), fc.integer({ min: 5, max: 100 - y }))
        .map(([w, h]) => [x / 100, y / 100, w / 100, h / 100])
    })
    const form = fc.constantFrom<(box: number[]) => number[]>(
      ([x, y, w, h]) => [x! + w! / 2, y! + h! / 2, w!, h!],
      ([x, y, w, h]) => [x! + w! / 2, y! + h! / 2, w!, h!, 0.5],
      ([x, y, w, h]) => [x!, y!, x! + w!, y!, x! + w!, y! + h!, x!, y! + h!],
    )
    const number = fc.constantFrom<(value: number) => string>(
      String,
      (v) => v.toFixed(7),
      (v) => v.toExponential(8),
    )
    const gap = fc.constantFrom(' ', '\t', '  ')
    const end = fc.constantFrom('\n', '\r\n', '\r', ' \n\n')
    fc.assert(
      fc.property(fc.array(box), form, number, gap, end, (drawn, written, digits, between, after) => {
        const text = drawn.map((one) => ['1', ...written(one).map(digits)].join(between) + after).join('')
        const { value, problems } = lines(text)
        expect(problems).toEqual([])
        const seen = value.map((found) => found.box.map((side) => Math.round(side * 10) / 10 + 0))
        expect(seen).toEqual(
          drawn.map(([x, y, w, h]) =>
            [x! * 260, y! * 200, w! * 260, h! * 200].map((side) => Math.round(side * 10) / 10),
          ),
        )
      }),
    )
  })
})

describe('key points behind a box', () => {
  const set = (kptShape: string, line: string) =>
    read({
      'data.yaml': `kpt_shape: ${kptShape}\nnames: [lymphocyte, monocyte]\n`,
      'images/a.jpg': size,
      'labels/a.txt': `${line}\n`,
    })

  test.each([
    ['[2, 2]', '1 0.5 0.5 0.1 0.2 0.9 0.9 0.2 0.2'],
    ['[1, 2]', '1 0.5 0.5 0.1 0.2 0.9 0.9'],
    ['[2, 3]', '1 0.5 0.5 0.1 0.2 0.9 0.9 2 0.2 0.2 1'],
  ])('of shape %s are passed over', async (shape, line) => {
    const { value, problems } = await set(shape, line)
    expect(value[0]!.boxes).toMatchObject([{ label: 'monocyte' }])
    expect(value[0]!.boxes[0]!.box.map(Math.round)).toEqual([117, 80, 26, 40])
    expect(problems).toEqual([])
  })

  test('that are not all there leave the image out', async () => {
    const { value, problems } = await set('[2, 2]', '1 0.5 0.5 0.1 0.2 0.9 0.9')
    expect(value).toEqual([])
    expect(problems[0]).toMatchObject({ where: 'line 1', why: expect.stringContaining('has 9') })
  })
})

describe('folders', () => {
  test('of splits hold images and labels in the same way [yolov5#11131]', async () => {
    const { labels, problems } = await read({
      'classes.txt': CLASSES,
      'images/train/a.jpg': size,
      'images/val/a.jpg': size,
      'labels/train/a.txt': BOX,
      'labels/val/a.txt': '1 0.5 0.5 0.1 0.1\n',
    })
    expect(labels).toEqual({ 'train/a.jpg': ['lymphocyte'], 'val/a.jpg': ['monocyte'] })
    expect(problems).toEqual([])
  })

  test('of splits may hold images and labels each', async () => {
    const { labels, problems } = await read({
      'data.yaml': 'names: [lymphocyte, monocyte]\n',
      'train/images/a.jpg': size,
      'train/labels/a.txt': BOX,
      'valid/images/a.jpg': size,
      'valid/labels/a.txt': '1 0.5 0.5 0.1 0.1\n',
    })
    expect(labels).toEqual({ 'train/images/a.jpg': ['lymphocyte'], 'valid/images/a.jpg': ['monocyte'] })
    expect(problems).toEqual([])
  })

  test('with a list of images have that passed over', async () => {
    const { labels, problems } = await read({
      'classes.txt': CLASSES,
      'train.txt': './images/a.jpg\n',
      'images/a.jpg': size,
      'labels/a.txt': BOX,
    })
    expect(labels).toEqual({ 'a.jpg': ['lymphocyte'] })
    expect(problems).toEqual([])
  })

  test('without the image of a label say so, and of another split take none that has its own labels', async () => {
    const { labels, problems, dir } = await read({
      'classes.txt': CLASSES,
      'images/val/a.jpg': size,
      'labels/train/a.txt': BOX,
      'labels/val/a.txt': '1 0.5 0.5 0.1 0.1\n',
      'labels/val/b.txt': BOX,
    })
    expect(labels).toEqual({ 'val/a.jpg': ['monocyte'] })
    expect(problems.map(({ file, where }) => [file.replace(`${dir}/labels/`, ''), where])).toEqual([
      ['train/a.txt', 'image'],
      ['val/b.txt', 'image'],
      ['train/a.txt', 'image'],
    ])
  })
})

test('an image of which a line cannot be read is left out; a number without a class is ignored', async () => {
  const wrong = fc.constantFrom(
    ...[
      '0 0.5 0.5',
      '0 0.5 0.5 0.1',
      '0 90 40 20 20',
      '0 0.5 0.5 0 0.1',
      '0 0,5 0,5 0,1 0,1',
      'nan',
      '0 nan nan nan nan',
    ],
    ...['0 0.1 0.1 0.2 0.2 0.3 0.3 0.4', '0 0.1 0.1 0.1 0.2 0.1 0.3', '0 -0.009 0.5 0.01 0.1'],
    ...['2 0.5 0.5 0.1 0.1', 'cell 0.5 0.5 0.1 0.1', '-1 0.5 0.5 0.1 0.1', '0.5 0.5 0.5 0.1 0.1'],
  )
  await fc.assert(
    fc.asyncProperty(wrong, async (line) => {
      const dir = await tree('mine', {
        ...{ 'classes.txt': CLASSES, 'images/a.jpg': size, 'images/b.jpg': size },
        ...{ 'labels/a.txt': `${BOX}${line}\n`, 'labels/b.txt': BOX },
      })
      const { value } = await readLabelSet(dir, 'yolo', { images: join(dir, 'images') })
      const [a, b] = ['a.jpg', 'b.jpg'].map((name) => value.find(({ file }) => file === name)?.boxes)
      if (/^\S+ 0\.5 0\.5 0\.1 0\.1$/.test(line))
        expect(a?.map(({ ignore }) => ignore ?? false)).toEqual([false, true])
      else expect(a).toBeUndefined()
      expect(b).toHaveLength(1)
    }),
    { numRuns: 30 },
  )
})
