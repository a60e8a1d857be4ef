import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layoutOf, readCrops, readFields } from './read.ts'
import { tree } from './test-tree.ts'

interface Image {
  name: string
  split?: string
  scale?: number
}

/** COCO labels with one plasma cell in each image. */
function labels(...images: Image[]): string {
  return JSON.stringify({
    images: images.map(({ name, split, scale }, id) => ({
      id,
      file_name: name,
      width: 40,
      height: 30,
      split,
      um_per_pixel: scale,
    })),
    annotations: images.map((_, id) => ({ image_id: id, category_id: 1, bbox: [10, 10, 8, 6] })),
    categories: [{ id: 1, name: 'plasma_cell' }],
  })
}

async function filesRead(dir: string, split: 'train' | 'val' | 'test') {
  return (await readFields(dir, split)).map((field) => field.file.replace(`${dir}/`, ''))
}

test('the split is told by the name of the labels', async () => {
  const dir = await tree('mine', {
    'annotations/instances_val2017.json': labels({ name: 'a.png' }),
    'annotations/test.json': labels({ name: 'b.png' }),
    'images/a.png': 'image',
    'images/b.png': 'image',
  })
  expect(await layoutOf(dir)).toEqual([{ name: 'mine', dir, layout: 'coco' }])
  expect(await filesRead(dir, 'val')).toEqual(['images/a.png'])
  expect(await filesRead(dir, 'test')).toEqual(['images/b.png'])
  expect(await filesRead(dir, 'train')).toEqual([])
})

test('the split is told by the folder', async () => {
  const dir = await tree('mine', {
    'test/labels.json': labels({ name: 'a.png' }),
    'test/a.png': 'image',
    'train/labels.json': labels({ name: 'a.png' }),
    'train/a.png': 'image',
  })
  expect(await filesRead(dir, 'test')).toEqual(['test/a.png'])
})

test('the split of an image goes before the name of the labels', async () => {
  const dir = await tree('mine', {
    'train.json': labels({ name: 'a.png', split: 'test' }, { name: 'b.png' }),
    'a.png': 'image',
    'b.png': 'image',
  })
  expect(await filesRead(dir, 'test')).toEqual(['a.png'])
  expect(await filesRead(dir, 'train')).toEqual(['b.png'])
})

test('where nothing tells the split, an image belongs to each', async () => {
  const dir = await tree('mine', { 'latest.json': labels({ name: 'a.png' }), 'a.png': 'image' })
  expect(await filesRead(dir, 'val')).toEqual(['a.png'])
  expect(await filesRead(dir, 'test')).toEqual(['a.png'])
})

test('cells of a type are crops, once the scale is known', async () => {
  const dir = await tree('mine', {
    'test.json': labels({ name: 'a.png', scale: 0.2 }, { name: 'b.png' }),
    'a.png': 'image',
    'b.png': 'image',
  })
  await expect(readCrops(dir, 'test')).rejects.toMatchObject({
    code: 'SCALE_REQUIRED',
    file: join(dir, 'b.png'),
  })
  const crops = await readCrops(dir, 'test', { umPerPixel: 0.25 })
  expect(crops[0]).toEqual({
    file: join(dir, 'a.png'),
    source: 'mine',
    type: 'plasma_cell',
    umPerPixel: 0.25,
    centre: [14, 13],
  })
})

test('an image that is not there is named', async () => {
  const dir = await tree('mine', { 'test.json': labels({ name: 'a.png' }) })
  await expect(readFields(dir, 'test')).rejects.toMatchObject({
    code: 'LABELLED_IMAGE_MISSING',
    message: expect.stringContaining('a.png'),
  })
})

test('broken labels are said; other JSON is passed over', async () => {
  const broken = await tree('mine', { 'test.json': '{"images": [' })
  await expect(layoutOf(broken)).rejects.toMatchObject({
    code: 'COCO_INVALID',
    file: join(broken, 'test.json'),
  })
  const other = await tree('mine', { 'package.json': '{"name": "other"}', 'results.json': '[]' })
  await expect(layoutOf(other)).rejects.toMatchObject({ code: 'LAYOUT_UNKNOWN' })
})
