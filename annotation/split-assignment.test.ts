import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tree } from './layouts/tree-for-tests.ts'
import { splitByHash, splitsOfIndex } from './split-assignment.ts'

test('the split by hash depends on the name alone, and the shares are kept', () => {
  fc.assert(
    fc.property(fc.uuid(), (name) => {
      expect(splitByHash(`/a/${name}.png`)).toBe(splitByHash(`b/${name}.webp`))
    }),
  )
  const splits = Array.from({ length: 4000 }, (_, i) => splitByHash(`field-${i}.png`))
  const share = (split: string) => splits.filter((s) => s === split).length / splits.length
  expect(share('train')).toBeCloseTo(0.7, 1)
  expect(share('val')).toBeCloseTo(0.1, 1)
  expect(share('test')).toBeCloseTo(0.2, 1)
  expect(['field-1', 'field-2', 'field-3', 'field-4'].map((name) => splitByHash(name))).toEqual(
    splits.slice(1, 5),
  )
})

test('a table goes before any hash, and must name every image', async () => {
  const dir = await tree('mine', {})
  const index = join(dir, 'index.csv')
  await writeFile(index, 'file,split\nimages/a.webp,val\n')
  const splitOf = await splitsOfIndex(index)
  expect(splitOf('/elsewhere/a.png')).toBe('val')
  expect(() => splitOf('b.png')).toThrow(expect.objectContaining({ code: 'SPLIT_UNKNOWN' }))
})
