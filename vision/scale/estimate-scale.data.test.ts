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
    const off = (estimate: ScaleEstimate) => Math.abs(Math.log(estimate.umPerPixel / umPerPixel))
    const count = (is: (estimate: ScaleEstimate) => boolean) => estimates.filter(is).length
    const within = (share: number) => (estimate: ScaleEstimate) =>
      Math.abs(estimate.umPerPixel / umPerPixel - 1) <= share
    const right = count(within(0.1))
    const sure = count((one) => one.sure)
    const surelyRight = count((one) => one.sure && within(0.1)(one))
    const believed = count((one) => off(one) <= 2 * one.spread)
    const pooled = poolScale(estimates)
    console.log(
      `${name}: of ${some.length} within 10 % ${right}, 25 % ${count(within(0.25))}; sure of ${sure}, of them within 10 % ${surelyRight}, ` +
        `25 % ${count((one) => one.sure && within(0.25)(one))}; within two spreads ${believed}; ` +
        `pooled ${(pooled.umPerPixel / umPerPixel).toFixed(3)} of the known`,
    )
    expect(right / some.length).toBeGreaterThanOrEqual(least)
    expect(believed / some.length).toBeGreaterThanOrEqual(0.85)
    expect(surelyRight / sure).toBeGreaterThanOrEqual(0.7)
    expect(off(pooled)).toBeLessThanOrEqual(0.06)
    expect(pooled.sure).toBe(true)
  })
})
