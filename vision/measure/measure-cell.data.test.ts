/**
 * What is measured in labelled cells of the validation split, in the boxes of the shipped detector; prints the medians:
 * `MARROWSCOPE_DATA=<dir> npx vitest run vision/measure-cell.data.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CellMeasurements, MEASURED } from '../../cytology/index.ts'
import { decode, openImage } from '../decode.ts'
import { detectCells } from '../detect.ts'
import { closeModels, loadDetector } from '../models.ts'
import { measureCell } from './measure-cell.ts'

const data = process.env.MARROWSCOPE_DATA
if (!data) {
  console.warn('Skipped: measurements are tested on labelled cells; set MARROWSCOPE_DATA to their folder.')
}
/** Of both sets; from red cells. */
const UM_PER_PIXEL = 0.1
const SETS = ['matek', 'pbc'] as const
/** Cells a type and set. */
const MOST = Number(process.env.MARROWSCOPE_MEASURE_CELLS ?? 40)
/** µm; how far from the middle of a crop the labelled cell may lie. */
const NEAR = 4
const WITHOUT = ['platelet', 'not_identifiable']

type Measured = CellMeasurements & { set: string; type: string }

/** Labelled crops: file, type and size, the first of each type by name. */
function crops(set: string) {
  const seen: Record<string, number> = {}
  return readFileSync(join(data!, set, 'index.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string, string, string, string, string])
    .filter(([, type, , split]) => split === 'val' && !WITHOUT.includes(type))
    .filter(([, type]) => {
      seen[type] = (seen[type] ?? 0) + 1
      return seen[type] <= MOST
    })
    .map(([file, type]) => ({ file: join(data!, set, file), set, type }))
}

async function measureAll(): Promise<Measured[]> {
  const detector = await loadDetector(join(import.meta.dirname, '../../models'))
  const measured: Measured[] = []
  for (const { file, set, type } of SETS.flatMap(crops)) {
    const image = await openImage(file)
    const away = ([x, y, w, h]: readonly number[]) =>
      Math.hypot(x! + w! / 2 - image.width / 2, y! + h! / 2 - image.height / 2) * UM_PER_PIXEL
    const found = await detectCells({ detector }, image, UM_PER_PIXEL)
    const nearest = found.map(({ box }) => box).sort((a, b) => away(a) - away(b))[0]
    if (!nearest || away(nearest) > NEAR) continue
    measured.push({ ...measureCell(await decode(image), nearest, UM_PER_PIXEL), set, type })
  }
  await closeModels({ detector })
  return measured
}

const sorted = (values: readonly (number | null)[]) =>
  values.filter((value) => value !== null).sort((a, b) => a - b)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.skipIf(!data)('labelled cells of val', () => {
  let cells: Measured[] = []
  beforeAll(async () => {
    cells = await measureAll()
    const groups = [...new Set(cells.map(({ set, type }) => `${set} ${type}`))].sort()
    const rows = groups.map((group) => {
      const own = cells.filter(({ set, type }) => `${set} ${type}` === group)
      const cut = own.filter((cell) => cell.cut).length
      const figures = MEASURED.map((key) => {
        const values = sorted(own.map((cell) => cell[key]))
        const middle = key === 'nuclearLobes' ? mean(values) : values[values.length >> 1]
        return `${middle?.toFixed(2) ?? '-'} (${values.length})`
      })
      return [group, own.length, cut, ...figures].join(' | ')
    })
    console.log(
      [`set type | n | cut | ${MEASURED.join(' | ')}; medians, of lobes the mean`, ...rows].join('\n'),
    )
  }, 900_000)

  const of = (key: (typeof MEASURED)[number], type: string, set?: string) =>
    sorted(cells.filter((cell) => cell.type === type && (!set || cell.set === set)).map((cell) => cell[key]))
  const median = (...asked: Parameters<typeof of>) => of(...asked)[of(...asked).length >> 1]!

  test.each(SETS)('lymphocytes are smaller than monocytes in %s', (set) => {
    expect(median('cellDiameterUm', 'lymphocyte', set)).toBeLessThan(
      median('cellDiameterUm', 'monocyte', set),
    )
  })

  test('segmented neutrophils have more lobes than bands', () => {
    const [segmented, band] = [
      of('nuclearLobes', 'segmented_neutrophil', 'pbc'),
      of('nuclearLobes', 'band_neutrophil'),
    ]
    expect(mean(segmented)).toBeGreaterThan(mean(band) + 0.3)
  })

  test('nuclei of erythroblasts are rounder than those of monocytes', () => {
    expect(median('nuclearRoundness', 'erythroblast')).toBeGreaterThan(
      median('nuclearRoundness', 'monocyte', 'pbc') + 0.05,
    )
  })

  test('blasts have more nucleus than segmented neutrophils', () => {
    expect(median('ncRatio', 'blast')).toBeGreaterThan(
      median('ncRatio', 'segmented_neutrophil', 'matek') + 0.1,
    )
  })

  test.each(SETS)('eosinophils are pinker than lymphocytes in %s', (set) => {
    expect(median('cytoplasmBlueness', 'eosinophil', set)).toBeLessThan(
      median('cytoplasmBlueness', 'lymphocyte', set) - 0.05,
    )
  })

  test('nearly every cell inside of its crop is measured', () => {
    const whole = cells.filter(({ cut }) => !cut)
    expect(whole.filter(({ ncRatio }) => ncRatio !== null).length / whole.length).toBeGreaterThan(0.95)
  })
})
