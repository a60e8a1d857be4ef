/**
 * How often the estimated scale is within 10 % of the known one, and that of all fields pooled, by source, on images of the
 * training split: `MARROWSCOPE_DATA=<dir> npx vitest run vision/scale/estimate-scale.data.test.ts`. MARROWSCOPE_IMAGES sets how
 * many of each.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { openImage } from '../decode.ts'
import { estimateScale, type ScaleEstimate } from './estimate-scale.ts'
import { poolScale } from './pool-scale.ts'

const data = process.env.MARROWSCOPE_DATA
const limit = Number(process.env.MARROWSCOPE_IMAGES ?? 60)

type Row = { file: string; split: string; origin?: string; width: string; smear?: string }

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

/** Fields of segpc from 1000 on carry a scale bar, 10 µm or 60.6 pixels long; those before are of another camera. */
const withScaleBar = ({ file }: Row) => /_\d{4}/.test(file)
/** The smears of 2019 have another scale. */
const since2020 = ({ smear }: Row) => !smear!.startsWith('2019')

const SOURCES: [name: string, umPerPixel: number, least: number, files: () => string[]][] = [
  ['txl_pbc, 256 px', 0.123, 0.85, () => fromIndex('txl_pbc', others('256'))],
  ['txl_pbc, 575 px', 0.055, 0.8, () => fromIndex('txl_pbc', others('575'))],
  ['pbc', 0.1, 0.67, () => fromIndex('pbc')],
  ['segpc', 0.165, 0.65, () => fromIndex('segpc', withScaleBar)],
  ['bccd', 0.075, 0.9, fromImageSet],
  ['aml_lmu', 0.11, 0.78, () => fromIndex('aml_lmu')],
  ['raabin', 0.11, 0.8, () => fromIndex('raabin', since2020)],
]

describe.skipIf(!data)('estimated scale on real images', () => {
  it.each(SOURCES)('%s: %f µm per pixel', async (name, umPerPixel, least, files) => {
    const all = files()
    const some = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / limit)) === 0).slice(0, limit)
    const estimates: ScaleEstimate[] = []
    for (const file of some) estimates.push(await estimateScale(await openImage(file)))
    const single = tally(estimates, umPerPixel)
    const pooled = poolScale(estimates)
    console.table({
      '1 field': single,
      '5 fields': tally(groups(estimates, 5).map(poolScale), umPerPixel),
      '10 fields': tally(groups(estimates, 10).map(poolScale), umPerPixel),
    })
    console.log(`${name}, all pooled: ${(pooled.umPerPixel / umPerPixel).toFixed(3)} of the known`)
    expect(single.within10 / single.all).toBeGreaterThanOrEqual(least)
    expect(single.withinTwoSpreads / single.all).toBeGreaterThanOrEqual(0.9)
    expect(single.sureWithin10 / single.sure).toBeGreaterThanOrEqual(0.7)
    expect(single.sureBeyond160).toBe(0)
    expect(Math.abs(Math.log(pooled.umPerPixel / umPerPixel))).toBeLessThanOrEqual(0.05)
    expect(pooled.sure).toBe(true)
  })
})

/** How many estimates are so near to the known scale, or off by more than 1.3 or 1.6 times. */
function tally(estimates: readonly ScaleEstimate[], known: number) {
  const ratio = ({ umPerPixel }: ScaleEstimate) => umPerPixel / known
  const off = (estimate: ScaleEstimate) => Math.abs(Math.log(ratio(estimate)))
  const within = (estimate: ScaleEstimate, share: number) => Math.abs(ratio(estimate) - 1) <= share
  const count = (is: (estimate: ScaleEstimate) => boolean) => estimates.filter(is).length
  return {
    all: estimates.length,
    within10: count((one) => within(one, 0.1)),
    within25: count((one) => within(one, 0.25)),
    withinTwoSpreads: count((one) => off(one) <= 2 * one.spread),
    beyond130: count((one) => off(one) > Math.log(1.3)),
    beyond160: count((one) => off(one) > Math.log(1.6)),
    sure: count((one) => one.sure),
    sureWithin10: count((one) => one.sure && within(one, 0.1)),
    sureWithin25: count((one) => one.sure && within(one, 0.25)),
    sureBeyond130: count((one) => one.sure && off(one) > Math.log(1.3)),
    sureBeyond160: count((one) => one.sure && off(one) > Math.log(1.6)),
  }
}

/** Each with the `size` next ones. */
function groups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.floor(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
