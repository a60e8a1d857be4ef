/** Pascal VOC files as other programs write them; the issue in brackets is where somebody met one. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encoded } from '../encodings-for-tests.ts'
import { readLabelSet } from '../label-set/label-set.ts'
import { tree } from '../layouts/tree-for-tests.ts'
import { inspectVoc } from './voc.ts'

const size = { width: 260, height: 200 }

const bndbox = (xmin: unknown, ymin: unknown, xmax: unknown, ymax: unknown) =>
  `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`
const object = (more = '', box = bndbox(11, 11, 60, 60)) =>
  `<object><name>lymphocyte</name><pose>Unspecified</pose><truncated>0</truncated>${more}${box}</object>`

const voc = (objects: string, { name = 'a.jpg', width = 260, height = 200 } = {}) =>
  `<annotation><folder>x</folder><filename>${name}</filename><size><width>${width}</width><height>${height}</height><depth></depth></size>${objects}</annotation>`

const read = (objects: string) => inspectVoc(voc(objects), 'a.xml')

test('the turned boxes of roLabelImg and CVAT become the box around [X-AnyLabeling#331]', () => {
  const turned = (cx: number, angle: number) =>
    `<robndbox><cx>${cx}</cx><cy>80</cy><w>60</w><h>20</h><angle>${angle}</angle></robndbox>`
  const rotation = '<attributes><attribute><name>rotation</name><value>90.0</value></attribute></attributes>'
  const { value, problems } = read(
    [
      object('', turned(80, Math.PI / 2)),
      object('', turned(80, 1.57)),
      object('', turned(0, 0)),
      object(rotation, bndbox(51, 91, 150, 110)),
      object(),
    ].join(''),
  )
  expect(problems).toEqual([])
  const [first, second, ...others] = value!.boxes.map(({ box }) => box)
  expect(first).toEqual([70, 50, 20, 60])
  for (const [i, side] of second!.entries()) expect(side).toBeCloseTo(first![i]!, 0)
  expect(others).toEqual([
    [0, 70, 30, 20],
    [90, 50, 20, 100],
    [10, 10, 50, 50],
  ])
})

test('shares of the image are no pixels, and leave the image out', () => {
  const { problems } = read(object('', bndbox(0.1, 0.2, 0.3, 0.5)) + object())
  expect(problems).toMatchObject([
    { where: 'as a whole', became: 'read' },
    { where: '/annotation/object/0/bndbox', why: 'they are shares of the image, not pixels' },
  ])
})

test('elements of other programs cost no cell, whatever they hold', () => {
  const ours = ['annotation', 'object', 'size', 'width', 'height', 'filename', 'name', 'bndbox', 'robndbox']
  const kept = [...ours, 'difficult', 'attributes', 'reason', 'xmin', 'ymin', 'xmax', 'ymax']
  const tag = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/).filter((name) => !kept.includes(name))
  const word = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .map((text) => text.replace(/[^\p{L}\p{N} .,:;-]/gu, ''))
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(tag, word).map(([name, text]) => `<${name} id="1">${text}</${name}>`),
      tag.map((name) => `<${name}/>`),
      fc.tuple(tag, fc.array(tie('element'), { maxLength: 3 })).map(([name, inner]) => {
        return `<${name}>${inner.join('')}</${name}>`
      }),
    ),
  }))
  const noise = fc.array(element, { maxLength: 5 }).map((all) => all.join(''))
  const NAMES = ['constructor', 'prototype', '__proto__']
  fc.assert(
    fc.property(noise, noise, noise, (onFile, onObject, onBox) => {
      fc.pre(!NAMES.some((name) => (onFile + onObject + onBox).includes(name)))
      const box = bndbox(11, 11, 60, 60).replace('</bndbox>', `${onBox}</bndbox>`)
      const { value, problems } = inspectVoc(voc(onFile + object(onObject, box) + object()), 'a.xml')
      expect(problems).toEqual([])
      expect(value?.boxes).toEqual(
        Array(2).fill({ box: [10, 10, 50, 50], label: 'lymphocyte', touchesEdge: false }),
      )
    }),
  )
})

test('names by the numbers of their characters are read [labelImg#31]', async () => {
  const name = '&#28107;&#24052;&#x7EC6;&#x80DE;'
  const text = voc(object().replace('lymphocyte', name), { name: '&#39592;&#39635;1.jpg' })
  const dir = await tree('mine', { 'a.xml': text, 'img/骨髓1.jpg': size })
  const { value, problems } = await readLabelSet(dir, 'voc', { images: join(dir, 'img') })
  expect(value).toMatchObject([{ file: '骨髓1.jpg', boxes: [{ label: '淋巴细胞' }] }])
  expect(problems).toEqual([])
})

test('an encoding that the head names is read, and told', async () => {
  const head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
  const text = voc(object().replace('lymphocyte', 'Zelle-ßü'))
  const dir = await tree('mine', {
    'a.xml': Buffer.from(head + text, 'latin1'),
    'b.xml': encoded(voc(object().replace('lymphocyte', '淋巴细胞'), { name: 'b.jpg' }), 'GB18030'),
  })
  const { value, problems } = await readLabelSet(dir, 'voc')
  expect(value.map(({ boxes }) => boxes[0]!.label)).toEqual(['Zelle-ßü', '淋巴细胞'])
  expect(problems.map(({ became }) => became)).toEqual(['read', 'read'])
})

describe('difficult in other words is kept [fiftyone#1250]', () => {
  test.each([
    ['Unspecified', false, 1],
    ['true', true, 0],
    ['1', true, 0],
    ['', false, 0],
    ['False', false, 0],
    ['maybe', false, 1],
  ])('%s', (word, ignored, told) => {
    const { value, problems } = read(object(`<difficult>${word}</difficult>`))
    expect(value!.boxes.map(({ ignore }) => ignore ?? false)).toEqual([ignored])
    expect(problems.map(({ became }) => became)).toEqual(Array(told).fill('read'))
  })
})

test('elements of other programs cost no cell', () => {
  const name = fc
    .stringMatching(/^[a-z_]{2,12}$/)
    .filter((word) => !/^(name|bndbox|difficult|reason|attributes|xml.*)$/.test(word))
  const noise = fc.array(
    fc
      .record({ name, text: fc.stringMatching(/^[\p{L}\p{N} .,;-]*$/u) })
      .map(({ name, text }) => `<${name}>${text}</${name}>`),
  )
  const part = '<part><name>nucleus</name><bndbox><xmin>1</xmin></bndbox></part>'
  fc.assert(
    fc.property(noise, fc.boolean(), (words, parts) => {
      const { value, problems } = read(object(words.join('') + (parts ? part : '')))
      if (/<(constructor|prototype|__proto__)>/.test(words.join(''))) {
        expect(problems).toMatchObject([{ where: 'as a whole' }])
        return
      }
      expect(problems).toEqual([])
      expect(value!.boxes).toEqual([{ box: [10, 10, 50, 50], label: 'lymphocyte', touchesEdge: false }])
    }),
  )
})

describe('a writer that counts from 0 [labelImg#385]', () => {
  test('is known by a corner at 0, and told', () => {
    const { value, problems } = read(object('', bndbox(0, 0, 50.5, 60.25)) + object())
    expect(value!.boxes.map(({ box }) => box)).toEqual([
      [0, 0, 50.5, 60.25],
      [11, 11, 49, 49],
    ])
    expect(problems).toMatchObject([{ became: 'read', why: expect.stringContaining('counted from 0') }])
  })

  test('wrote all labels of the set', async () => {
    const dir = await tree('mine', {
      'a.xml': voc(object()),
      'b.xml': voc(object('', bndbox(0, 5, 9, 9)), { name: 'b.jpg' }),
    })
    const { value, problems } = await readLabelSet(dir, 'voc')
    expect(value.map(({ boxes }) => boxes[0]!.box)).toEqual([
      [11, 11, 49, 49],
      [0, 5, 9, 4],
    ])
    expect(problems.map(({ file, became }) => [file.replace(dir, ''), became])).toEqual([
      ['', 'read'],
      ['/b.xml', 'read'],
    ])
  })
})

describe('the image', () => {
  test('of size 0 has the size that it has [labelImg#160]', async () => {
    const dir = await tree('mine', { 'a.xml': voc(object(), { width: 0, height: 0 }), 'a.jpg': size })
    const { value, problems } = await readLabelSet(dir, 'voc', { images: dir })
    expect(problems).toEqual([])
    expect(value).toMatchObject([{ file: 'a.jpg', ...size, boxes: [{ box: [10, 10, 50, 50] }] }])
    const away = await tree('mine', { 'a.xml': voc(object(), { width: 0, height: 0 }) })
    expect((await readLabelSet(away, 'voc')).value).toEqual([])
  })

  test('that was renamed with its labels is found, and told [labelme#803]', async () => {
    const dir = await tree('mine', { 'a.xml': voc(object(), { name: 'old-name.jpg' }), 'img/a.jpg': size })
    const { value, problems } = await readLabelSet(dir, 'voc', { images: join(dir, 'img') })
    expect(value.map(({ file }) => file)).toEqual(['a.jpg'])
    expect(problems).toMatchObject([
      { where: 'image', became: 'read', why: expect.stringContaining('old-name.jpg') },
    ])
  })

  test('is left out where the name within is that of another image', async () => {
    const dir = await tree('mine', {
      '1.xml': voc(object(), { name: '1.jpg' }),
      '2.xml': voc(object(), { name: '1.jpg' }),
      'img/1.jpg': size,
      'img/2.jpg': size,
    })
    const { value, problems } = await readLabelSet(dir, 'voc', { images: join(dir, 'img') })
    expect(value.map(({ file }) => file)).toEqual(['1.jpg'])
    expect(problems).toMatchObject([{ file: join(dir, '2.xml'), where: 'image' }])
  })

  test('of a name without an ending is found without a word', async () => {
    const dir = await tree('mine', { 'a.xml': voc(object(), { name: 'a' }), 'img/a.jpg': size })
    const { value, problems } = await readLabelSet(dir, 'voc', { images: join(dir, 'img') })
    expect(value.map(({ file }) => file)).toEqual(['a.jpg'])
    expect(problems).toEqual([])
  })
})

test('an image of which a cell cannot be read is left out; one without a name is ignored', async () => {
  const wrong = fc.constantFrom(
    ['lost', object('', '')],
    ['lost', object('', '<bndbox></bndbox>')],
    ['lost', object('', bndbox('x', 11, 60, 60))],
    ['lost', object('', bndbox('11,5', 11, 60, 60))],
    ['lost', object('', bndbox(60, 11, 11, 60))],
    ['lost', object('', '<robndbox><cx>5</cx></robndbox>')],
    ['ignored', object().replace('<name>lymphocyte</name>', '')],
    ['ignored', object('<name>two</name>')],
    ['ignored', object().replace('lymphocyte', 'lympho\uFFFDcyte')],
  )
  await fc.assert(
    fc.asyncProperty(wrong, async ([became, broken]) => {
      const dir = await tree('mine', {
        'a.xml': voc(object() + broken),
        'b.xml': voc(object(), { name: 'b.jpg' }),
      })
      const { value } = await readLabelSet(dir, 'voc')
      const boxes = value.find(({ file }) => file === 'a.jpg')?.boxes.map(({ ignore }) => ignore ?? false)
      expect(boxes).toEqual(became === 'lost' ? undefined : [false, true])
      expect(value.find(({ file }) => file === 'b.jpg')?.boxes).toHaveLength(1)
    }),
    { numRuns: 20 },
  )
})
