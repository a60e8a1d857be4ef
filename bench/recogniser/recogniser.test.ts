import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES, CELL_TYPES, type CellClass } from '../../cytology/index.ts'

type Estimate = { value: number; low: number; high: number } | null
type Row = { variant: string; figures: Record<string, Estimate>; runs: { seed: number }[] }
type Pair = { pair: string; seeds: number; figures: Record<string, Estimate> }
type Cell = [file: string, label: CellClass, named: CellClass]

let dir: string
let printed: string
let result: {
  pictures: number
  cells: number
  bestPeer: string | null
  variants: Row[]
  differences: Pair[]
  cross: { cells: number; variants: Row[]; differences: Pair[] } | null
}

function answers(cells: readonly Cell[], confidence = 0.88) {
  const others = (1 - confidence) / (CELL_CLASSES.length - 1)
  return JSON.stringify(
    cells.map(([file, label, named]) => ({
      file,
      source: file.split('/')[0],
      label,
      probabilities: CELL_CLASSES.map((name) => (name === named ? confidence : others)),
    })),
  )
}

function run(folder: string, variant: string, seed: number, val: Cell[], found: Cell[], more: object = {}) {
  const at = join(dir, folder, `${variant}-${seed}`)
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'val.json'), answers(val))
  writeFileSync(join(at, 'test.json'), answers(found))
  const costs = { steps: 10, batch: 2, trainSeconds: 12, parameters: 3_000_000, millisecondsPerCell: 2.5 }
  writeFileSync(join(at, 'run.json'), JSON.stringify({ variant, seed, ...costs, settings: {}, ...more }))
}

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'recogniser.ts'), ...words], { encoding: 'utf8' })

/** Two cells of each type, each in a picture of its own; the plasma cells share one. */
const CELLS = CELL_TYPES.flatMap((type) =>
  [0, 1].map((i) => [type === 'plasma_cell' ? 'segpc/a' : `pbc/${type}${i}`, type] as const),
)
const RIGHT = CELLS.map(([file, type]): Cell => [file, type, type])
/** Both myelocytes named wrongly: one as the next stage, one as a blast. */
const WRONG = CELLS.map(([file, type], i): Cell => {
  const named = type !== 'myelocyte' ? type : i % 2 ? 'blast' : 'metamyelocyte'
  return [file, type, named]
})

/** Two types from two sources. */
const BOTH = (['matek', 'pbc'] as const).flatMap((source) =>
  (['lymphocyte', 'monocyte'] as const).flatMap((type) =>
    [0, 1, 2].map((i) => [`${source}/${type}${i}`, type] as const),
  ),
)
const named = (wrong: (file: string) => boolean) =>
  BOTH.map(([file, type]): Cell => [file, type, wrong(file) ? 'eosinophil' : type])

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'marrowscope-recogniser-'))
  run('runs', 'full', 1, RIGHT, RIGHT)
  run('runs', 'full', 2, RIGHT, RIGHT)
  run('runs', 'vit', 1, WRONG, WRONG, { parameters: 2_000_000 })
  run('runs', 'vit', 2, WRONG, RIGHT, { millisecondsPerCell: 1.25 })
  // On val the svm is the best of the peers, on test the other one.
  run('runs', 'svm', 1, RIGHT, WRONG, { steps: 0, batch: 0, parameters: 0 })
  run('runs', 'resnet-18', 1, WRONG, RIGHT)
  mkdirSync(join(dir, 'runs', 'stem-1')) // not finished
  const look = (source: string) => ({ settings: { look: { source } } })
  const other = (source: string) => (file: string) => !file.startsWith(source)
  run(
    'cross-ablation',
    'pbc-none',
    1,
    named(() => false),
    named(other('pbc')),
    look('pbc'),
  )
  run(
    'cross-ablation',
    'pbc-all',
    1,
    named(() => false),
    named((f) => f === 'matek/monocyte0'),
    look('pbc'),
  )
  run(
    'cross-ablation',
    'matek-none',
    1,
    named(() => false),
    named((f) => f.startsWith('pbc/mono')),
    look('matek'),
  )
  const out = join(dir, 'out', 'recogniser.json')
  const done = bench('--runs', join(dir, 'runs'), '--out', out)
  printed = done.stdout + done.stderr
  result = JSON.parse(readFileSync(out, 'utf8'))
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('of 12 types', () => {
  const figures = (variant: string) => result.variants.find((one) => one.variant === variant)!.figures

  test('counts cells and pictures, and passes over what is not finished', () => {
    expect(result).toMatchObject({ cells: 24, pictures: 23 })
    expect(result.variants.map(({ variant }) => variant).toSorted()).toEqual([
      'full',
      'resnet-18',
      'svm',
      'vit',
    ])
  })

  test('a perfect variant has 100 % and no errors of which one could say how far they went', () => {
    const whole = { value: 1, low: 1, high: 1 }
    expect(figures('full')).toMatchObject({
      macroF1: whole,
      stageF1: whole,
      accuracy: whole,
      oneStepShare: null,
    })
    // Right every time at 88 %.
    expect(figures('full').ece!.value).toBeCloseTo(0.12, 4)
  })

  test('figures are means over the seeds', () => {
    // One seed: myelocyte 0, and what took them in: blast and metamyelocyte 2 of 2 right and one too many, F1 4/5.
    const bad = (9 + 2 * 0.8) / 12
    expect(figures('vit').macroF1!.value).toBeCloseTo((bad + 1) / 2, 4)
    expect(figures('vit').stageF1!.value).toBeCloseTo(((3 + 0.8) / 5 + 1) / 2, 4)
    expect(figures('vit').myelocyte!.value).toBeCloseTo(0.5, 5)
    expect(figures('svm').oneStepShare!.value).toBeCloseTo(0.5, 5)
    expect(figures('svm').accuracy!.value).toBeCloseTo(22 / 24, 4)
  })

  test('differences are of the same pictures and of the seeds that both have', () => {
    const pairs = Object.fromEntries(result.differences.map((pair) => [pair.pair, pair]))
    expect(Object.keys(pairs)).toEqual(['full − vit', 'full − resnet-18', 'full − svm (best peer on val)'])
    const { macroF1 } = pairs['full − vit']!.figures
    expect(macroF1!.value).toBeCloseTo((1 - 10.6 / 12) / 2, 4)
    // Both seeds may be the perfect one.
    expect(macroF1!.low).toBe(0)
    expect(pairs['full − resnet-18']).toMatchObject({
      seeds: 1,
      figures: { macroF1: { value: 0, low: 0, high: 0 } },
    })
  })

  test('the best peer is chosen on val', () => {
    expect(result.bestPeer).toBe('svm')
  })

  test('prints Markdown', () => {
    expect(printed).toContain('24 cells, in per cent')
    expect(printed).toMatch(/\| full \| 2 \| 100\.0 \(100\.0–100\.0\) \|.*\| 3\.00 \| 2\.50 \|/)
    expect(printed).toMatch(/\| vit \| 2 \|.*\| 3\.00 \| 1\.25 \|/)
    expect(printed).toContain('| F1 | BLA | PMY |')
  })
})

describe('of two sources', () => {
  test('own and other source are told apart, and the gap between them', () => {
    const [matek, none, all] = result.cross!.variants
    expect([matek, none, all].map((row) => row!.variant)).toEqual(['matek-none', 'pbc-none', 'pbc-all'])
    expect(none!.figures).toMatchObject({ ownF1: { value: 1 }, otherF1: { value: 0 }, gap: { value: 1 } })
    // Monocytes 2 of 3: F1 4/5.
    expect(all!.figures).toMatchObject({ ownF1: { value: 1 }, otherF1: { value: 0.9 } })
    expect(matek!.figures).toMatchObject({ otherF1: { value: 0.5 }, otherAccuracy: { value: 0.5 } })
    expect(matek!.figures.blast).toBeNull()
  })

  test('what was done is compared with nothing done', () => {
    expect(result.cross!.differences.map(({ pair }) => pair)).toEqual(['pbc-all − pbc-none'])
    expect(result.cross!.differences[0]!.figures.otherF1!.value).toBe(0.9)
    expect(printed).toContain('| pbc-all − pbc-none | 1 | +90.0')
  })
})

test.each([
  ['a probability above 1', 'test.json', (text: string) => text.replace('0.88', '1.88')],
  ['probabilities that do not sum to 1', 'val.json', (text: string) => text.replace('0.88', '0.1')],
  ['a class that is not known', 'test.json', (text: string) => text.replace('"blast"', '"blasts"')],
  ['other cells than the other runs', 'test.json', (text: string) => text.replace('pbc/blast0', 'pbc/x')],
  ['a file that is cut', 'test.json', (text: string) => text.slice(0, 40)],
  ['a run of another folder', 'run.json', (text: string) => text.replace('"vit"', '"full"')],
])('%s is named with its file', (words, file, spoil) => {
  const folder = `broken-${words.length}`
  run(folder, 'full', 1, RIGHT, RIGHT)
  run(folder, 'vit', 1, RIGHT, RIGHT)
  const at = join(dir, folder, 'vit-1', file)
  writeFileSync(at, spoil(readFileSync(at, 'utf8')))
  const out = join(dir, 'x.json')
  const { status, stderr } = bench('--runs', join(dir, folder), '--out', out)
  expect(status).toBe(1)
  expect(stderr).toContain('ABLATION_INVALID')
  expect(stderr).toContain(join('vit-1', file))
  expect(existsSync(out)).toBe(false)
})

test('runs of another budget do not compare', () => {
  run('longer', 'full', 1, RIGHT, RIGHT)
  run('longer', 'vit', 1, RIGHT, RIGHT, { steps: 20 })
  const { status, stderr } = bench('--runs', join(dir, 'longer'), '--out', join(dir, 'x.json'))
  expect(status).toBe(1)
  expect(stderr).toContain('vit-1 was not trained for as many steps')
})
