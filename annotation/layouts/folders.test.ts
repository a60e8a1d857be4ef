import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layoutOf, readCrops } from './read.ts'
import { tree } from './tree-for-tests.ts'

const scale = { umPerPixel: 0.1 }

test('the name of the folder is the type, the cell lies in the middle', async () => {
  const dir = await tree('mine', {
    'blast/a.png': 'image',
    'blast/notes.txt': 'none',
    'plasma_cell/b.JPG': 'image',
  })
  expect(await layoutOf(dir)).toEqual([{ name: 'mine', dir, layout: 'folders' }])
  expect(await readCrops(dir, 'test', scale)).toEqual([
    { file: join(dir, 'blast/a.png'), source: 'mine', type: 'blast', umPerPixel: 0.1, centre: [20, 15] },
    {
      file: join(dir, 'plasma_cell/b.JPG'),
      source: 'mine',
      type: 'plasma_cell',
      umPerPixel: 0.1,
      centre: [20, 15],
    },
  ])
})

test('folders of splits are kept apart', async () => {
  const dir = await tree('mine', { 'train/blast/a.png': 'image', 'test/blast/b.png': 'image' })
  const files = (await readCrops(dir, 'test', scale)).map((crop) => crop.file)
  expect(files).toEqual([join(dir, 'test/blast/b.png')])
  expect(await readCrops(dir, 'val', scale)).toEqual([])
})

test('a folder that names no type is refused', async () => {
  const dir = await tree('mine', { 'blast/a.png': 'image', 'blasts/b.png': 'image' })
  await expect(readCrops(dir, 'test', scale)).rejects.toMatchObject({
    code: 'CLASS_UNKNOWN',
    file: join(dir, 'blasts'),
  })
})

test('the scale must be given', async () => {
  const dir = await tree('mine', { 'blast/a.png': 'image' })
  await expect(readCrops(dir, 'test')).rejects.toMatchObject({ code: 'SCALE_REQUIRED' })
})

test('a layout can be asked for', async () => {
  const dir = await tree('mine', { 'blast/a.png': 'image', 'index.csv': 'file,class,split\n' })
  expect((await layoutOf(dir))[0]!.layout).toBe('indexed-crops')
  expect(await readCrops(dir, 'test', { ...scale, layout: 'folders' })).toHaveLength(1)
})
