/**
 * How often the estimated scale is within 25 % of the known one, by source, on images of the training split:
 * `MARROWSCOPE_DATA=<dir> npx vitest run vision/estimate-scale.data.test.ts`. MARROWSCOPE_IMAGES sets how many of each.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { openImage } from '../decode.ts'
import { estimateScale } from './estimate-scale.ts'

const data = process.env.MARROWSCOPE_DATA
const limit = Number(process.env.MARROWSCOPE_IMAGES ?? 30)

type Row = { file: string; split: string; origin?: string; width: string }

function fromIndex(folder: string, wanted: (row: Row) => boolean = () => true): string[] {
  const rows: Row[] = parse(readFileSync(join(data!, folder, 'index.csv')), { columns: true })
  return rows
    .filter((row) => row.split === 'train' && wanted(row))
    .map(({ file }) => join(data!, folder, file))
}

function fromImageSet(): string[] {
  const names = readFileSync(join(data!, 'bccd/ImageSets/Main/train.txt'), 'utf8').trim().split(/\s+/)
  return names.map((name) => join(data!, 'bccd/JPEGImages', `${name}.jpg`))
}

const others = (width: string) => (row: Row) => row.origin === 'other' && row.width === width

const SOURCES: [name: string, umPerPixel: number, least: number, files: () => string[]][] = [
  ['txl_pbc, 256 px', 0.123, 0.95, () => fromIndex('txl_pbc', others('256'))],
  ['txl_pbc, 575 px', 0.055, 0.85, () => fromIndex('txl_pbc', others('575'))],
  ['pbc', 0.1, 0.9, () => fromIndex('pbc')],
  ['segpc', 0.174, 0.8, () => fromIndex('segpc')],
  ['bccd', 0.075, 0.9, fromImageSet],
]

describe.skipIf(!data)('estimated scale on real images', () => {
  it.each(SOURCES)('%s: %f µm per pixel', async (name, umPerPixel, least, files) => {
    const all = files()
    const some = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / limit)) === 0).slice(0, limit)
    const right = { all: 0, sure: 0 }
    let sure = 0
    for (const file of some) {
      const estimate = await estimateScale(await openImage(file))
      const near = Math.abs(estimate.umPerPixel / umPerPixel - 1) <= 0.25
      if (near) right.all++
      if (estimate.sure) sure++
      if (estimate.sure && near) right.sure++
    }
    console.log(
      `${name}: ${right.all} of ${some.length} within 25 %; sure of ${sure}, ${right.sure} of them within 25 %`,
    )
    expect(right.all / some.length).toBeGreaterThanOrEqual(least)
  })
})
