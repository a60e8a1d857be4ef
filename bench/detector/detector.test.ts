import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meanCurve } from './curves.ts'

type Found = [image: number, place: number | readonly number[], score: number]

let dir: string
let result: {
  fields: number
  cells: number
  variants: {
    variant: string
    figures: Record<string, { value: number; low: number; high: number } | null>
    runs: { threshold: number; counts: Record<string, number> }[]
  }[]
  differences: { pair: string; figures: Record<string, { value: number; low: number; high: number }> }[]
  secondReader: { fields: number; figures: Record<string, { value: number }> }
}
let printed: string

/** Cells in a row, 20 wide, the first at the border of the picture. */
const at = (place: number) => [place * 22, 40, 20, 20]

/** Two fields of four cells. */
function labels(first: number, cells: readonly number[][] = [0, 1, 2, 3].map(at)) {
  const images = [0, 1].map((i) => ({
    id: first + i,
    file_name: `f${first + i}.png`,
    width: 300,
    height: 100,
  }))
  const annotations = images.flatMap(({ id }) =>
    cells.map((bbox) => ({ image_id: id, category_id: 1, bbox })),
  )
  return JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'nucleated_cell' }] })
}

function run(variant: string, seed: number, val: Found[], found: Found[]) {
  const folder = join(dir, 'runs', `${variant}-${seed}`)
  mkdirSync(folder, { recursive: true })
  const results = (all: Found[]) =>
    JSON.stringify(
      all.map(([image_id, place, score]) => {
        return { image_id, category_id: 1, bbox: typeof place === 'number' ? at(place) : place, score }
      }),
    )
  writeFileSync(join(folder, 'val.json'), results(val))
  writeFileSync(join(folder, 'test.json'), results(found))
  const costs = { steps: 10, batch: 2, trainSeconds: 120, parameters: 2_500_000, millisecondsPerField: 8 }
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ variant, seed, ...costs, settings: {} }))
}

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'detector.ts'), ...words], { encoding: 'utf8' })

/** All four cells of both fields of val, and one extra at .3: the threshold is .45, between .6 and .3. */
const VAL: Found[] = [1, 2].flatMap((image) => [0, 1, 2, 3].map((place): Found => [image, place, 0.6]))
VAL.push([1, 9, 0.3])
const ALL: Found[] = [11, 12].flatMap((image) => [0, 1, 2, 3].map((place): Found => [image, place, 0.9]))
/** Cells 2 and 3 in one box. */
const TOGETHER = [44, 40, 42, 20]

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'marrowscope-ablation-'))
  mkdirSync(join(dir, 'labels', 'second-pass'), { recursive: true })
  writeFileSync(join(dir, 'labels', 'val.json'), labels(1))
  writeFileSync(join(dir, 'labels', 'test.json'), labels(11))
  // The second reader takes two cells for one.
  writeFileSync(join(dir, 'labels', 'second-pass', 'test.json'), labels(11, [at(0), at(1), TOGETHER]))
  run('full', 1, VAL, ALL)
  run('full', 2, VAL, ALL)
  // One seed misses the cell at the border and merges two in each field, and has one extra; the other is perfect.
  const bad = [11, 12].flatMap((image): Found[] => [
    [image, 1, 0.9],
    [image, TOGETHER, 0.8],
    [image, 0, 0.4],
    [image, 10, 0.7],
  ])
  run('retinanet', 1, VAL, bad)
  run('retinanet', 2, VAL, ALL)
  const out = join(dir, 'out', 'ablation.json')
  printed = bench('--runs', join(dir, 'runs'), '--labels', join(dir, 'labels'), '--out', out).stdout
  result = JSON.parse(readFileSync(out, 'utf8'))
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('with all runs', () => {
  const figures = (variant: string) => result.variants.find((one) => one.variant === variant)!.figures

  test('the threshold is chosen on val, in the middle of .6 and .3', () => {
    expect(result.variants.flatMap(({ runs }) => runs.map(({ threshold }) => threshold))).toEqual([
      0.45, 0.45, 0.45, 0.45,
    ])
  })

  test('a perfect variant has 100 % of everything and no mistake', () => {
    expect(result).toMatchObject({ fields: 2, cells: 8 })
    const whole = { value: 1, low: 1, high: 1 }
    expect(figures('full')).toMatchObject({ ap: whole, ap75: whole, recall: whole, precision: whole })
    expect(figures('full')).toMatchObject({ mergedShare: { value: 0 }, splitShare: { value: 0 } })
  })

  test('figures are means over the seeds', () => {
    // One seed: a hit, a merge of two and an extra in each field above .45, and the border cell at .4.
    expect(figures('retinanet').recall!.value).toBeCloseTo((1 / 4 + 1) / 2, 5)
    expect(figures('retinanet').precision!.value).toBeCloseTo((1 / 3 + 1) / 2, 5)
    expect(figures('retinanet').borderRecall!.value).toBe(0.5)
    expect(figures('retinanet').mergedShare!.value).toBeCloseTo((2 / 4 + 0) / 2, 5)
    // By score: both hits, both merges, both extras, both hits at .4: precision 1 to recall 1/4, then 1/2 to recall 1/2.
    expect(figures('retinanet').ap50!.value).toBeCloseTo(((26 + 25 * 0.5) / 101 + 1) / 2, 5)
    expect(result.variants.map(({ variant }) => variant)).toEqual(['full', 'retinanet'])
    const [first] = result.variants[1]!.runs
    expect(first!.counts).toMatchObject({ cells: 8, hits: 2, extras: 4, merges: 2, mergedCells: 4 })
  })

  test('differences are of the same fields and seeds: alike fields leave the width of the seeds', () => {
    expect(result.differences.map(({ pair }) => pair)).toEqual(['full − retinanet'])
    const { recall } = result.differences[0]!.figures
    // Both seeds may be the bad one, or both the perfect one.
    expect(recall).toEqual({ value: 0.375, low: 0, high: 0.75 })
  })

  test('the second reader is told apart', () => {
    expect(result.secondReader.fields).toBe(2)
    expect(result.secondReader.figures.recall!.value).toBe(0.5)
    expect(result.secondReader.figures.precision!.value).toBeCloseTo(2 / 3, 5)
    expect(result.secondReader.figures.mergedShare!.value).toBe(0.5)
    expect(printed).toContain('| *a second reader, 2 fields* | – |')
  })

  test('prints Markdown and draws a line a variant', () => {
    expect(printed).toContain('| full | 2 | 100.0 (100.0–100.0) |')
    expect(printed).toContain('| full − retinanet |')
    const svg = readFileSync(join(dir, 'out', 'ablation.svg'), 'utf8')
    expect(svg.match(/<text[^>]*>(full|retinanet)<\/text>/g)).toHaveLength(2)
    expect(svg).not.toMatch(/<(script|image|rect)/)
  })
})

test('looks at some fields only, with the threshold of all of val', () => {
  writeFileSync(join(dir, 'only.csv'), 'image\nf12.png\n')
  const out = join(dir, 'some.json')
  const words = ['--runs', join(dir, 'runs'), '--labels', join(dir, 'labels'), '--out', out]
  execFileSync(process.execPath, [
    join(import.meta.dirname, 'detector.ts'),
    ...words,
    '--only',
    join(dir, 'only.csv'),
  ])
  const some = JSON.parse(readFileSync(out, 'utf8'))
  expect(some).toMatchObject({ fields: 1, cells: 4, secondReader: { fields: 1 } })
  expect(some.variants[0].runs[0].threshold).toBe(0.45)
})

test.each([
  [
    'an image that the labels lack',
    'test.json',
    '[{"image_id":99,"category_id":1,"bbox":[0,0,1,1],"score":1}]',
  ],
  ['a score above 1', 'val.json', '[{"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":2}]'],
  [
    'a run of another folder',
    'run.json',
    '{"variant":"other","seed":1,"steps":1,"batch":1,"trainSeconds":1,"parameters":1,"millisecondsPerField":1,"settings":{}}',
  ],
  ['a file that is cut', 'val.json', '[{'],
])('%s is named with its file', (_, file, text) => {
  const runs = join(dir, `broken-${file}-${text.length}`)
  mkdirSync(join(runs, 'full-1'), { recursive: true })
  for (const name of ['run.json', 'val.json', 'test.json']) {
    const from = readFileSync(join(dir, 'runs', 'full-1', name), 'utf8')
    writeFileSync(join(runs, 'full-1', name), name === file ? text : from)
  }
  const { status, stderr } = bench(
    '--runs',
    runs,
    '--labels',
    join(dir, 'labels'),
    '--out',
    join(dir, 'x.json'),
  )
  expect(status).toBe(1)
  expect(stderr).toContain('ABLATION_INVALID')
  expect(stderr).toContain(file)
})

test('a curve goes as far as all seeds reach, with the mean of their best precision at each recall', () => {
  const image = (found: number, extras: number) => ({
    groundTruth: [0, 1].map((place) => ({ box: at(place) as [number, number, number, number] })),
    detections: [
      ...Array.from({ length: extras }, (_, i) => ({
        box: [i * 25, 80, 9, 9] as [number, number, number, number],
        score: 0.9,
      })),
      ...Array.from({ length: found }, (_, place) => ({
        box: at(place) as [number, number, number, number],
        score: 0.5,
      })),
    ],
  })
  const { points } = meanCurve('x', [[image(2, 0)], [image(1, 1)]])
  expect(points.at(-1)).toEqual([0.5, 0.75])
  expect(points).toHaveLength(51)
})
