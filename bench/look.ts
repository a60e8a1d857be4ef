/**
 * What pictures of stained smears have of what `look` goes by, as they are and made grey, negative and blurred:
 *
 *     npm run -s bench -- look [--data FOLDER] [--of 60]
 *
 * Up to `--of` pictures of each source, evenly spread over its split train; nothing of val or test is opened.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { knownScale } from '../annotation/layouts/scales.ts'
import { estimateScale, openImage, type Raster } from '../vision/index.ts'
import { type Looks, look, looksOf } from '../vision/look.ts'
import { raster } from '../vision/raster.ts'

const LOOKED_AT = 0.25
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.MARROWSCOPE_DATA },
    of: { type: 'string', default: '60' },
  },
})
const { data, of } = values
if (!data) throw new Error('Say where the images are: --data FOLDER or MARROWSCOPE_DATA')

const SOURCES = ['matek', 'pbc', 'segpc', 'txl_pbc', 'bccd', 'aml_lmu', 'raabin', 'chula'] as const

function trainOf(source: string): string[] {
  if (source === 'bccd') {
    const names = readFileSync(join(data!, source, 'ImageSets/Main/train.txt'), 'utf8')
      .trim()
      .split(/\s+/)
    return names.map((name) => join(data!, source, 'JPEGImages', `${name}.jpg`))
  }
  const rows: { file: string; split: string }[] = parse(readFileSync(join(data!, source, 'index.csv')), {
    columns: true,
  })
  return rows.filter(({ split }) => split === 'train').map(({ file }) => join(data!, source, file))
}

function spread<T>(all: readonly T[], count: number): T[] {
  const taken = Math.min(count, all.length)
  return Array.from({ length: taken }, (_, i) => all[Math.floor((i * all.length) / taken)]!)
}

const changed = (
  { data: pixels, ...size }: Raster,
  change: (r: number, g: number, b: number) => number[],
) => {
  const out = new Uint8Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 3) out.set(change(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!), i)
  return { data: out, ...size }
}
const VARIANTS: Record<string, (picture: Raster) => Raster | Promise<Raster>> = {
  'as they are': (picture) => picture,
  grey: (picture) => changed(picture, (r, g, b) => Array(3).fill(Math.round((r + g + b) / 3))),
  negative: (picture) => changed(picture, (r, g, b) => [255 - r, 255 - g, 255 - b]),
  'blurred by 1 µm': async ({ data: pixels, width, height }) => {
    const blurred = sharp(pixels, { raw: { width, height, channels: 3 } }).blur(1 / LOOKED_AT)
    return { data: await blurred.raw().toBuffer(), width, height }
  },
}

const found: { source: string; variant: string; looks: Looks; said: string }[] = []
for (const source of SOURCES) {
  for (const file of spread(trainOf(source), Number(of))) {
    const image = await openImage(file)
    const umPerPixel = knownScale(source) ?? (await estimateScale(image)).umPerPixel
    const picture = await raster(image, umPerPixel, LOOKED_AT)
    for (const [variant, make] of Object.entries(VARIANTS)) {
      const made = await make(picture)
      found.push({ source, variant, looks: looksOf(made), said: look(made, umPerPixel).join() })
    }
  }
}

const range = (numbers: number[], digits: number) =>
  `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`
console.log('| source | pictures | | colour | median | greenest | slope | not a smear | out of focus |')
console.log('|---|---|---|---|---|---|---|---|---|')
for (const source of [...SOURCES, 'all']) {
  for (const variant of Object.keys(VARIANTS)) {
    const rows = found.filter((one) => one.variant === variant && (source === 'all' || one.source === source))
    const of = (pick: (looks: Looks) => number, digits = 0) => range(rows.map(({ looks }) => pick(looks)), digits) // biome-ignore format: one line
    const said = (code: string) => rows.filter((one) => one.said === code).length
    const figures = [
      ...[of((l) => l.colour), of((l) => l.middle), of((l) => l.greenest, 2), of((l) => l.slope, 2)],
      ...[said('NOT_A_STAINED_SMEAR'), said('OUT_OF_FOCUS')],
    ]
    console.log(`| ${[source, rows.length, variant, ...figures].join(' | ')} |`)
  }
}
