import { access } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { LabelledField } from '../labelled-image.ts'
import { layoutOf, readCrops, readFields } from './read.ts'

const dir = process.env.MARROWSCOPE_DATA
if (dir === undefined) console.warn('Skipped: MARROWSCOPE_DATA does not say where the image data lie.')

describe.skipIf(dir === undefined)('the image data', () => {
  const root = dir ?? ''

  test('all sources are recognised', async () => {
    expect((await layoutOf(root)).map((source) => source.name)).toEqual([
      'aml_lmu',
      'bccd',
      'matek',
      'pbc',
      'raabin',
      'segpc',
      'txl_pbc',
    ])
  })

  test('the test split is whole, and its images are there', async () => {
    const fields = await readFields(root, 'test')
    const crops = await readCrops(root, 'test')
    expect(countBySource(fields)).toEqual({ bccd: 72, segpc: 137, txl_pbc: 122 })
    expect(countBySource(crops)).toEqual({ aml_lmu: 303, matek: 964, pbc: 2224, raabin: 138, segpc: 374 })
    await Promise.all([...fields, ...crops].map(({ file }) => access(file)))
  })

  test('red cells measure 7 to 8 µm at the stated scales', async () => {
    const fields = (await readFields(root, 'train')).filter((field) => field.umPerPixel !== undefined)
    for (const [group, some] of Map.groupBy(fields, (f) => `${f.source} ${f.umPerPixel}`)) {
      const diameters = some.flatMap(redCellDiameters).sort((a, b) => a - b)
      if (diameters.length === 0) continue
      const median = diameters[Math.floor(diameters.length / 2)]!
      expect(median, group).toBeGreaterThan(7)
      expect(median, group).toBeLessThan(8)
    }
  })
})

function countBySource(items: readonly { source: string }[]): Record<string, number> {
  const groups = Map.groupBy(items, (item) => item.source)
  return Object.fromEntries([...groups].map(([source, some]) => [source, some.length]))
}

/** µm, of the red cells that lie whole in the field. */
function redCellDiameters({ boxes, umPerPixel }: LabelledField): number[] {
  return boxes
    .filter((b) => b.label === 'red' && !b.touchesEdge)
    .map(({ box: [, , w, h] }) => Math.sqrt(w * h) * umPerPixel!)
}
