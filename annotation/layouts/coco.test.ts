import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layoutOf, readCrops, readFields } from './read.ts'
import { tree } from './tree-for-tests.ts'

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

test('types that were read from pictures go before the labels; guesses and what readers differ on are left out', async () => {
  const cells = ['plasma_cell,sure', 'erythroblast,likely', 'blast,guess', 'lymphocyte,sure'].map(
    (read, id) => `${id + 1},a.png,test,${read},,,${id === 3 ? 'no' : ''}`,
  )
  const annotations = cells.map((_, i) => ({
    id: i + 1,
    image_id: 1,
    category_id: 1,
    bbox: [2 * i, 10, 8, 6],
  }))
  const dir = await tree('mine', {
    'test.json': JSON.stringify({
      images: [{ id: 1, file_name: 'a.png', width: 40, height: 30, um_per_pixel: 0.2 }],
      annotations,
      categories: [{ id: 1, name: 'nucleated_cell' }],
    }),
    'types.csv': `cell,image,split,type,certainty,second_type,second_certainty,agreed\n${cells.join('\n')}\n`,
    'a.png': 'image',
  })
  const crops = await readCrops(dir, 'test')
  expect(crops.map(({ type, centre }) => [type, centre])).toEqual([
    ['plasma_cell', [4, 13]],
    ['erythroblast', [6, 13]],
  ])
  expect((await readFields(dir, 'test'))[0]!.boxes).toHaveLength(4)
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

test('images may lie in a folder apart from the labels', async () => {
  const dir = await tree('mine', { 'val.json': labels({ name: 'a.png' }) })
  const images = await tree('pictures', { 'a.png': 'image', 'images/b.png': 'image' })
  const [field] = await readFields(dir, 'val', { images })
  expect(field?.file).toBe(join(images, 'a.png'))
  await expect(readFields(dir, 'val')).rejects.toMatchObject({ code: 'LABELLED_IMAGE_MISSING' })
})

test('an image that the folder of images lacks is named with that folder, though it lies beside the labels', async () => {
  const dir = await tree('mine', { 'val.json': labels({ name: 'a.png' }), 'a.png': 'image' })
  const images = await tree('pictures', { 'b.png': 'image' })
  await expect(readFields(dir, 'val', { images })).rejects.toMatchObject({
    code: 'LABELLED_IMAGE_MISSING',
    message: expect.stringContaining(`is not in ${images}`),
  })
})

test('a folder of images must be there, and is for COCO labels alone', async () => {
  const dir = await tree('mine', { 'val.json': labels({ name: 'a.png' }), 'a.png': 'image' })
  await expect(readFields(dir, 'val', { images: join(dir, 'none') })).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
  })
  const crops = await tree('crops', { 'blast/a.png': 'image' })
  await expect(readCrops(crops, 'val', { images: crops })).rejects.toMatchObject({ code: 'IMAGES_NOT_APART' })
})
