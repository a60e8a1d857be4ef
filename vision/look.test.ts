import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawField, PALETTES, type PaletteName, seededRandom } from '../testkit/index.ts'
import type { Raster } from './decode.ts'
import { drawDiscs, scatter } from './fixtures/discs.ts'
import { look } from './look.ts'

const umPerPixel = 0.25
const smear = (seed: number, palette?: PaletteName): Raster =>
  drawField({ seed, width: 300, height: 220, umPerPixel, cells: 7, ...(palette ? { palette } : {}) })
const each = ({ data, width, height }: Raster, change: (rgb: number[], i: number) => number[]): Raster => {
  const out = new Uint8ClampedArray(data.length)
  for (let i = 0; i < data.length; i += 3) out.set(change([data[i]!, data[i + 1]!, data[i + 2]!], i), i)
  return { data: new Uint8Array(out), width, height }
}
const plain = (rgb: number[]): Raster => each(smear(1), () => rgb)
async function blurred({ data, width, height }: Raster, um: number): Promise<Raster> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).blur(um / umPerPixel)
  return { data: await picture.raw().toBuffer(), width, height }
}

describe('a stained smear', () => {
  it.each(Object.keys(PALETTES) as PaletteName[])('in the colours of %s goes without a word', (palette) => {
    for (const seed of [1, 2]) expect(look(smear(seed, palette), umPerPixel)).toEqual([])
  })

  it('goes without a word where few cells lie on white', () => {
    const red = scatter(400, 300, 60, 5, 9, () => 0.5)
    expect(look(drawDiscs(400, 300, [{ x: 90, y: 80, radius: 22 }], red), umPerPixel)).toEqual([])
  })
})

describe('no stained smear', () => {
  const random = seededRandom(3)
  const glowing = (c: number) =>
    each(smear(2), (rgb) => [0, 1, 2].map((k) => (k === c ? Math.max(0, 220 - rgb[1]!) : 4)))
  it.each<[string, () => Raster]>([
    ['grey', () => each(smear(1), ([r, g, b]) => Array(3).fill((r! + g! + b!) / 3))],
    ['black', () => plain([0, 0, 0])],
    ['black with noise', () => each(smear(1), () => [0, 1, 2].map(() => random.int(0, 6)))],
    ['white', () => plain([255, 255, 255])],
    ['negative', () => each(smear(1), (rgb) => rgb.map((v) => 255 - v))],
    ['fluorescence in green', () => glowing(1)],
    ['fluorescence in blue', () => glowing(2)],
    ['fluorescence in red', () => glowing(0)],
  ])('%s is said', (_, make) => {
    expect(look(make(), umPerPixel)).toEqual(['NOT_A_STAINED_SMEAR'])
  })
})

it('a field that is out of focus all over is said', async () => {
  for (const seed of [1, 2]) {
    for (const um of [1.2, 2, 4])
      expect(look(await blurred(smear(seed), um), umPerPixel)).toEqual(['OUT_OF_FOCUS'])
    expect(look(await blurred(smear(seed), 0.4), umPerPixel)).toEqual([])
  }
})
