/**
 * Thirty fields of one source without a scale, as of one slide: how far the one scale is from the known one, and how many cells are
 * named otherwise than with the known one. Training pictures of segpc: `MARROWSCOPE_DATA=<dir> npx vitest run vision/scale/slide-scale.data.test.ts`.
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
const TRUE = 0.174
const FIELDS = 30

describe.skipIf(!data)('thirty fields of segpc as one slide', () => {
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

  it('have one scale, and their cells the types that they have at the known one', async () => {
    const evidence = []
    for (const image of images) {
      const { width, height, estimate } = await fieldEvidence(image, { estimate: true })
      evidence.push({ width, height, estimate })
    }
    const scales = slideScales(evidence)
    expect(new Set(scales.map(({ umPerPixel }) => umPerPixel)).size).toBe(1)
    const scale = scales[0]!
    const alone = evidence.map(({ estimate }) => estimate!.umPerPixel)
    let [same, cells, lost] = [0, 0, 0]
    for (const image of images) {
      const known = await analyseField(models, image, { umPerPixel: TRUE })
      const found = await analyseField(models, image, { umPerPixel: scale.umPerPixel })
      for (const cell of known.cells) {
        const twin = nearest(cell, found.cells)
        if (!twin) lost++
        else {
          cells++
          if (twin.type === cell.type) same++
        }
      }
    }
    console.log(
      `${scale.umPerPixel.toFixed(4)} µm per pixel (known ${TRUE}), fields alone ${Math.min(...alone).toFixed(3)} to ${Math.max(...alone).toFixed(3)}; ` +
        `${same} of ${cells} cells of the same type, ${lost} found only at the known scale`,
    )
    expect(scale.sure).toBe(true)
    expect(Math.abs(scale.umPerPixel / TRUE - 1)).toBeLessThan(0.05)
    expect(same / cells).toBeGreaterThanOrEqual(0.97)
  })
})

/** The box that shares most with a cell's, at least half. */
function nearest(cell: CellResult, others: readonly CellResult[]): CellResult | undefined {
  const sorted = others.toSorted((a, b) => iou(b.box, cell.box) - iou(a.box, cell.box))
  return sorted[0] && iou(sorted[0].box, cell.box) >= 0.5 ? sorted[0] : undefined
}
