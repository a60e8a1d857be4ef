/**
 * Fields of segpc without a scale, as of one slide: how far the one scale is from the printed bar that most of them carry and from the
 * scale that the networks were taught at, and how many cells are named otherwise at these. Thirty training pictures; MARROWSCOPE_IMAGES sets how many:
 * `MARROWSCOPE_DATA=<dir> npx vitest run vision/scale/slide-scale.data.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseField, fieldEvidence } from '../analyse.ts'
import { iou } from '../box.ts'
import { type FieldImage, openImage } from '../decode.ts'
import { closeModels, loadModels, type Models } from '../models.ts'
import type { CellResult } from '../result.ts'
import { slideScales } from './slide-scale.ts'

const data = process.env.MARROWSCOPE_DATA
/** µm per pixel: by the scale bar, and as the networks were taught. */
const KNOWN = [
  ['by the bar', 0.165, 0.05, 0.97],
  ['as taught', 0.174, 0.08, 0.92],
] as const
const FIELDS = Number(process.env.MARROWSCOPE_IMAGES ?? 30)

describe.skipIf(!data)('fields of segpc as one slide', () => {
  let models: Models
  let images: FieldImage[]
  beforeAll(async () => {
    models = await loadModels(join(import.meta.dirname, '../../models'))
    const rows: { file: string; split: string }[] = parse(readFileSync(join(data!, 'segpc/index.csv')), {
      columns: true,
    })
    const train = rows.filter(({ split }) => split === 'train')
    const every = Math.floor(train.length / FIELDS)
    const chosen = train.filter((_, i) => i % every === 0).slice(0, FIELDS)
    images = await Promise.all(chosen.map(({ file }) => openImage(join(data!, 'segpc', file))))
  })
  afterAll(() => closeModels(models))

  async function cellsAt(umPerPixel: number): Promise<CellResult[][]> {
    const all: CellResult[][] = []
    for (const image of images) all.push((await analyseField(models, image, { umPerPixel })).cells)
    return all
  }

  it('have one scale, and nearly all cells the types that they have at the known ones', async () => {
    const evidence = []
    for (const image of images) {
      const { width, height, estimate } = await fieldEvidence(image, { estimate: true })
      evidence.push({ width, height, estimate })
    }
    const scales = slideScales(evidence)
    expect(new Set(scales.map(({ umPerPixel }) => umPerPixel)).size).toBe(1)
    const scale = scales[0]!
    const alone = evidence.map(({ estimate }) => estimate!.umPerPixel)
    const said = (umPerPixel: number) => umPerPixel.toFixed(4)
    console.log(
      `${said(scale.umPerPixel)} µm per pixel, fields alone ${said(Math.min(...alone))} to ${said(Math.max(...alone))}`,
    )
    const found = await cellsAt(scale.umPerPixel)
    for (const [name, umPerPixel, near, alike] of KNOWN) {
      const known = await cellsAt(umPerPixel)
      const twins = known.flatMap((cells, i) =>
        cells.map((cell) => [cell, nearest(cell, found[i]!)] as const),
      )
      const both = twins.filter(([, twin]) => twin)
      const same = both.filter(([cell, twin]) => twin!.type === cell.type)
      const ratio = scale.umPerPixel / umPerPixel
      console.log(
        `${umPerPixel} ${name}: ${ratio.toFixed(3)} of it; ${same.length} of ${both.length} cells of the same type, ${twins.length - both.length} not found`,
      )
      expect(Math.abs(ratio - 1)).toBeLessThanOrEqual(near)
      expect(same.length / both.length).toBeGreaterThanOrEqual(alike)
    }
    expect(scale.sure).toBe(true)
  }, 600_000)
})

/** The box that shares most with a cell's, at least half. */
function nearest(cell: CellResult, others: readonly CellResult[]): CellResult | undefined {
  const sorted = others.toSorted((a, b) => iou(b.box, cell.box) - iou(a.box, cell.box))
  return sorted[0] && iou(sorted[0].box, cell.box) >= 0.5 ? sorted[0] : undefined
}
