import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { givenBoxes } from './find.ts'

async function given(...rows: string[]) {
  const file = join(await mkdtemp(join(tmpdir(), 'given-')), 'boxes.csv')
  await writeFile(file, `image,x,y,w,h\n${rows.join('\n')}\n`)
  return givenBoxes(file, 'plasma_cell')
}

const box = { box: [1, 2, 3, 4], label: 'plasma_cell', merged: false }

test.each([
  ['a', '/images/a.png'],
  ['a.jpg', '/images/a.png'],
  ['images\\a.png', '/images/a.png'],
  ['A.PNG', '/images/a.png'],
  ['field.1', '/images/field.1.png'],
  ['M\u00fcller', '/images/Mu\u0308ller.png'],
])('boxes of %s are those of %s', async (name, image) => {
  const boxesOf = await given(`${name},1,2,3,4`, 'other,5,6,7,8')
  expect(boxesOf(image)).toEqual([box])
  expect(boxesOf('/images/third.png')).toEqual([])
})

test('where the boxes of several images may be meant none are taken', async () => {
  const boxesOf = await given('train/a.png,1,2,3,4', 'val/a.png,5,6,7,8')
  expect(boxesOf('/x/train/a.png')).toEqual([box])
  expect(() => boxesOf('/x/a.png')).toThrow(expect.objectContaining({ code: 'TABLE_INVALID' }))
})

test('a box without an area is refused, with its line', async () => {
  const message = expect.stringContaining("line 3: 'w' is '0' and not above 0")
  await expect(given('a,1,2,3,4', 'a,1,2,0,4')).rejects.toMatchObject({ code: 'TABLE_INVALID', message })
})
