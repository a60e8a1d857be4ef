/**
 * Labels that people had trouble with (cases/labels beside the image data), each with what is right for it. Skipped where they are
 * not there: they hold photographs, so they are no part of the repository.
 */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FormatName, formatOf, readLabelSet } from './label-set/label-set.ts'

const data = process.env.MARROWSCOPE_DATA
const folder = data === undefined ? undefined : join(data, '../cases/labels')
const there = folder !== undefined && existsSync(folder)
if (!there)
  console.warn('the labels of cases/ beside MARROWSCOPE_DATA are not there: their tests are skipped')

/** By image its boxes, to a pixel: x, y, width, height and label. `told` are the places that are said to be guesses or ignored. */
type Right = { fields: Record<string, string[]>; images?: string; told?: string[] }
const LYMPHOCYTE = 'lymphocyte'
const one = (box: string, label = LYMPHOCYTE) => ({ 'a.jpg': [`${box} ${label}`] })

const CASES: Record<string, Right> = {
  'coco-attr-clash': { fields: { 'a.jpg': ['50 80 40 40 lymphocyte', '150 80 40 40 lymphocyte'] } },
  'coco-backslash': {
    fields: { 'cb0618f6-a.jpg': ['50 80 40 40 lymphocyte'] },
    images: 'img',
    told: ['images'],
  },
  'coco-dup-ann-ids': {
    fields: { 'a.jpg': ['50 80 40 40 lymphocyte'], 'b.jpg': ['60 80 40 40 monocyte'] },
    told: ['/annotations/1'],
  },
  'coco-nan': {
    fields: { 'a.jpg': ['50 80 40 40 lymphocyte', '150 80 40 40 lymphocyte'] },
    told: ['line 21'],
  },
  'coco-no-size': { fields: one('50 80 40 40'), images: '.' },
  'coco-rle-no-bbox': { fields: { 'a.jpg': ['10 50 3 10 lymphocyte', '100 100 40 50 monocyte'] } },
  'coco-rotation': { fields: one('90 40 20 100') },
  'coco-xyxy': { fields: one('50 80 40 40'), told: ['/annotations/0/bbox'] },
  'labelme-gbk': { fields: { '骨髓1.jpg': ['10 10 50 50 淋巴细胞'] }, told: ['as a whole'] },
  'labelme-group-id': {
    fields: { 'a.jpg': ['10 10 50 20 neutrophil_segmented', '100 100 40 40 lymphocyte'] },
    told: ['shape 1'],
  },
  'labelme-nfd': {
    fields: { 'Müller-Kňez é.jpg': ['10 10 50 50 lymphocyte'] },
    images: 'img',
    told: ['image'],
  },
  'labelme-rotation': {
    fields: {
      'a.jpg': [
        ...['20 20 60 60 lymphocyte', '120 20 60 60 lymphocyte', '100 100 40 40 lymphocyte'],
        ...['0 125 55 60 ignored', '0 0 35 35 ignored', '180 125 60 60 ignored'],
      ],
    },
    told: ['shape 4', 'shape 5', 'shape 6'],
  },
  'labelme-shape-id-text': { fields: one('10 10 50 50') },
  'labelme-xany-score-null': {
    fields: { 'a.jpg': ['10 10 50 50 lymphocyte', '100 100 60 60 lymphocyte'] },
  },
  'voc-difficult-unspecified': {
    fields: {
      'a.jpg': ['10 10 50 50 lymphocyte', '110 10 50 50 ignored', '110 110 50 50 lymphocyte'],
    },
    told: ['/annotation/object/0/difficult'],
  },
  'voc-ncr': { fields: { '骨髓1.jpg': ['10 10 50 50 淋巴细胞'] }, images: 'img' },
  'voc-robndbox': { fields: { 'a.jpg': ['70 50 20 60 lymphocyte', '110 110 50 50 lymphocyte'] } },
  'voc-size0': { fields: one('10 10 50 50'), images: '.' },
  'voc-xml-name-differs': { fields: one('10 10 50 50'), images: 'img', told: ['image'] },
  'voc-zero-based': { fields: one('0 0 51 60'), told: ['as a whole'] },
  'yolo-classes-blank': { fields: { 'a.jpg': ['13 10 26 20 lymphocyte', '117 90 26 20 monocyte'] } },
  'yolo-classes-gbk': { fields: one('117 90 26 20', '淋巴细胞'), told: ['as a whole'] },
  'yolo-conf': { fields: one('117 90 26 20') },
  'yolo-datayaml': { fields: one('117 90 26 20') },
  'yolo-images-train': { fields: { 'train/a.jpg': ['117 90 26 20 lymphocyte'] } },
  'yolo-over1': {
    fields: {
      'a.jpg': [
        ...['208 80 52 40 lymphocyte', '247 90 13 20 lymphocyte', '0 50 260 100 lymphocyte'],
        '221 90 39 20 monocyte',
      ],
    },
    told: ['line 2', 'line 4'],
  },
  'yolo-seg': { fields: { 'a.jpg': ['26 20 52 40 lymphocyte', '130 100 52 40 monocyte'] } },
  'yolo-traintxt': { fields: one('117 90 26 20') },
}

describe.skipIf(!there)('labels that went wrong', () => {
  test.each(Object.entries(CASES))('%s', async (name, { fields, images, told = [] }) => {
    const path = join(folder!, name)
    const format = await formatOf(path)
    expect(format).toBe(name.split('-')[0] as FormatName)
    const given = images === undefined ? {} : { images: join(path, images) }
    const { value, incomplete, problems } = await readLabelSet(path, format!, given)
    const read = value.map(({ file, width, height, boxes }) => {
      expect([width, height]).toEqual([260, 200])
      const inWords = boxes.map(({ box, label, ignore }) => {
        return `${box.map(Math.round).join(' ')} ${ignore ? 'ignored' : label}`
      })
      return [file.normalize('NFC'), inWords]
    })
    const right = Object.entries(fields).map(([file, boxes]) => [file.normalize('NFC'), boxes])
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(right))
    expect(incomplete).toEqual([])
    expect(problems.map(({ where }) => where)).toEqual(told)
  })

  test('each that lies there is told of here', async () => {
    expect((await readdir(folder!)).sort()).toEqual(Object.keys(CASES).sort())
  })
})
