/**
 * Whether the scale of a picture and the seams of its tiles change what is found, with the shipped detector:
 * `MARROWSCOPE_DATA=<dir> npx vitest run vision/scales-and-seams.data.test.ts`. The real fields are of the validation split.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { iou } from './box.ts'
import { type FieldImage, imageFromRaster, openImage } from './decode.ts'
import { type DetectedCell, detectCells } from './detect.ts'
import { closeModels, type Detector, loadDetector } from './models.ts'
import { raster } from './raster.ts'

const data = process.env.MARROWSCOPE_DATA
if (!data) {
  console.warn('Skipped: scales and seams are tested on real fields; set MARROWSCOPE_DATA to their folder.')
}
const FIELDS = 10
const SCALES = [0.1, 0.2, 0.3, 0.5]
const SEGPC = 0.174
/** The F1 that two scales should reach; detector 0.1.0 has .969 or more on real fields, .993 on drawn ones. */
const SAME = 0.95

let detector: Detector
beforeAll(async () => {
  detector = await loadDetector(join(import.meta.dirname, '../models'))
})
afterAll(() => closeModels({ detector }))

type Field = { image: FieldImage; umPerPixel: number }

/** The first fields of val by name. */
async function realFields(): Promise<Field[]> {
  const labels = JSON.parse(readFileSync(join(import.meta.dirname, '../data/labels/segpc/val.json'), 'utf8'))
  const names: string[] = labels.images.map(({ file_name }: { file_name: string }) => file_name).sort()
  const files = names.slice(0, FIELDS).map((name) => join(data!, 'segpc/images', name))
  return Promise.all(files.map(async (file) => ({ image: await openImage(file), umPerPixel: SEGPC })))
}

async function drawnFields(): Promise<Field[]> {
  return [1, 2, 3].map((seed) => {
    const { data: pixels, width, height } = drawField({ seed, cutByBorder: 3, touching: 0.4 })
    return { image: imageFromRaster({ data: pixels, width, height }), umPerPixel: 0.1 }
  })
}

/** The same field photographed at another scale. */
async function resampled({ image, umPerPixel }: Field, wanted: number): Promise<Field> {
  const { data: pixels, width, height } = await raster(image, umPerPixel, umPerPixel)
  const to = {
    width: Math.round((width * umPerPixel) / wanted),
    height: Math.round((height * umPerPixel) / wanted),
  }
  const { data: resized } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ ...to, fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { image: imageFromRaster({ data: resized, ...to }), umPerPixel: (width * umPerPixel) / to.width }
}

/** Cells in µm, so that scales can be compared. */
async function cellsOf({ image, umPerPixel }: Field, card = detector.card): Promise<DetectedCell[]> {
  const cells = await detectCells({ detector: { ...detector, card } }, image, umPerPixel)
  return cells.map((cell) => ({ ...cell, box: cell.box.map((v) => v * umPerPixel) as DetectedCell['box'] }))
}

/** Pairs of the largest overlap first, each cell in one pair at most. */
function inBoth(a: readonly DetectedCell[], b: readonly DetectedCell[], least: number): number {
  const pairs = a
    .flatMap((one, i) => b.map((other, j) => ({ i, j, overlap: iou(one.box, other.box) })))
    .filter(({ overlap }) => overlap >= least)
    .sort((p, q) => q.overlap - p.overlap)
  const taken = { a: new Set<number>(), b: new Set<number>() }
  for (const { i, j } of pairs) {
    if (taken.a.has(i) || taken.b.has(j)) continue
    taken.a.add(i)
    taken.b.add(j)
  }
  return taken.a.size
}

/** F1 agreement, 0..1, over fields of what is found in two ways. */
function agreement(a: readonly DetectedCell[][], b: readonly DetectedCell[][], least = 0.5): number {
  const both = a.reduce((sum, cells, i) => sum + inBoth(cells, b[i]!, least), 0)
  const all = [...a, ...b].reduce((sum, cells) => sum + cells.length, 0)
  return (2 * both) / all
}

function duplicates(cells: readonly DetectedCell[], most: number): number {
  return cells.flatMap((one, i) => cells.slice(i + 1).filter((other) => iou(one.box, other.box) > most))
    .length
}

async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}

describe.skipIf(!data)('the scale of a picture', () => {
  it.each([
    ['real fields', realFields],
    ['drawn fields', drawnFields],
  ] as const)('does not change what is found in %s', async (name, fieldsOf) => {
    const fields = await fieldsOf()
    const own = await each(fields, (field) => cellsOf(field))
    const found: [number, number][] = []
    for (const scale of SCALES) {
      const again = await each(fields, async (field) => cellsOf(await resampled(field, scale)))
      found.push([scale, agreement(own, again)])
    }
    console.log(
      `${name}, ${own.flat().length} cells; F1 with their own scale: ${found
        .map(([scale, f1]) => `${scale} µm/px ${f1.toFixed(3)}`)
        .join(', ')}`,
    )
    for (const [, f1] of found) expect(f1).toBeGreaterThanOrEqual(SAME)
  })
})

describe.skipIf(!data)('the seams of tiles', () => {
  const tile = (size: number) => ({ ...detector.card, tile: { size, overlap: 128 } })

  it('do not change what is found in a large drawn field', async () => {
    const {
      data: pixels,
      width,
      height,
    } = drawField({
      ...{ seed: 4, width: 3200, height: 2400, umPerPixel: 0.1, touching: 0.3, cutByBorder: 6 },
    })
    const field = { image: imageFromRaster({ data: pixels, width, height }), umPerPixel: 0.1 }
    const whole = await cellsOf(field, tile(2048))
    const tiled = await cellsOf(field, tile(320))
    const [f1, close] = [agreement([whole], [tiled]), agreement([whole], [tiled], 0.8)]
    const twice = duplicates(tiled, detector.card.nmsIou + 0.01)
    console.log(
      `${whole.length} cells whole, ${tiled.length} in tiles; F1 ${f1.toFixed(3)} at IoU .5, ${close.toFixed(3)} at .8; ${twice} duplicates`,
    )
    expect(whole.length).toBeGreaterThan(100)
    expect(twice).toBe(0)
    expect(f1).toBeGreaterThanOrEqual(0.98)
  }, 300_000)

  // Smaller tiles than are ever used: a field of segpc is 356 × 267 pixels at the working scale.
  it.each([256, 192])('do not change what is found in real fields, tiles of %i pixels', async (size) => {
    const fields = await realFields()
    const whole = await each(fields, (field) => cellsOf(field))
    const tiled = await each(fields, (field) => cellsOf(field, tile(size)))
    const twice = tiled.reduce((sum, cells) => sum + duplicates(cells, detector.card.nmsIou + 0.01), 0)
    const f1 = agreement(whole, tiled)
    console.log(
      `real fields, tiles of ${size}: ${whole.flat().length} cells whole, ${tiled.flat().length} in tiles; F1 ${f1.toFixed(3)}; ${twice} duplicates`,
    )
    expect(twice).toBe(0)
    // Reached are .926 and .924: each seam is another view of the doubtful cells near it, and any view that finds one counts.
    expect(f1).toBeGreaterThanOrEqual(0.95)
  })
})
