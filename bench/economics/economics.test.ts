import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { raster } from '../../vision/index.ts'
import { frontier, knee } from './choice.ts'
import { optionTable } from './table.ts'
import { fieldOf, inTurn, perCell } from './time.ts'

const offer = (name: string, ms: number, macroF1: number) => ({ name, ms, macroF1 })
const names = (offers: { name: string }[]) => offers.map(({ name }) => name)

describe('frontier and knee', () => {
  const offers = [
    offer('best', 8, 0.9),
    offer('same, slower', 9, 0.9),
    offer('near', 4, 0.897),
    offer('worse, slower', 5, 0.89),
    offer('fast', 1, 0.88),
  ]
  test('none on the frontier is beaten in one and matched in the other', () => {
    expect(names(frontier(offers))).toEqual(['best', 'near', 'fast'])
    expect(frontier([offer('a', 1, 0.5), offer('b', 1, 0.5)])).toHaveLength(2)
  })
  test('the knee is the fastest within 0.3 points of the best', () => {
    expect(knee(offers).name).toBe('near')
    expect(knee(offers.filter(({ name }) => name !== 'near')).name).toBe('best')
    expect(knee([offer('a', 8, 0.9), offer('b', 1, 0.8969)]).name).toBe('a')
  })
})

test('the table marks frontier and knee and says what is lost to the first option', () => {
  const estimate = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 })
  const figures = (value: number) => ({ macroF1: estimate(value), accuracy: null, ece: estimate(0.02) })
  const row = (name: string, lost: number, onFrontier: boolean) => ({
    name,
    megabytes: 12.26,
    ms: { median: 8, min: 7.5, max: 9.25 },
    val: figures(0.9 - lost),
    test: figures(0.89 - lost),
    difference: estimate(-lost),
    onFrontier,
  })
  const lines = optionTable([row('views-4', 0, false), row('views-2', 0.02, true)], 'views-2').split('\n')
  expect(lines[0]).toContain('| − views-4, points |')
  expect(lines[2]).toContain('| views-4 | 12.3 | 8.00 (7.50–9.25) | 90.0 (89.0–91.0) | 2.0 (1.0–3.0) |  |')
  expect(lines[3]).toMatch(
    /^\| \*\*views-2\*\* .*\| ● \| 87\.0 \(86\.0–88\.0\) \| −2\.0 \(−3\.0 to −1\.0\) \|/,
  )
})

describe('timing', () => {
  test('all work is done in turn, and the first round does not count', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const done: string[] = []
    const work = (name: string) => async () => {
      done.push(name)
      // The round that does not count takes longer.
      vi.advanceTimersByTime(done.length <= 2 ? 300 : 20)
    }
    const [a, b] = await inTurn([work('a'), work('b')], 2)
    expect(done.join('')).toBe('ababab')
    for (const { min, max } of [a!, b!]) expect([min, max]).toEqual([20, 20])
    expect(perCell({ median: 32, min: 16, max: 64 }, 16)).toEqual({ median: 2, min: 1, max: 4 })
  })
})

describe('on drawn cells', () => {
  let dir: string
  const colours: [string, string, number, number][] = [
    ['blast', 'val', 60, 1],
    ['monocyte', 'val', 200, 2],
    ['blast', 'test', 60, 3],
    ['monocyte', 'test', 200, 4],
    ['platelet', 'test', 120, 5],
  ]
  const file = (n: number) => join(dir, 'data', 'matek', `${n}.png`)

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'marrowscope-economics-'))
    mkdirSync(join(dir, 'data', 'matek'), { recursive: true })
    const rows = ['file,class,source_class,split,width,height']
    for (const [type, split, value, n] of colours) {
      rows.push(`${n}.png,${type},,${split},240,240`)
      const background = { r: value, g: 2 * n, b: 90 }
      await sharp({ create: { width: 240, height: 240, channels: 3, background } }).toFile(file(n))
    }
    writeFileSync(join(dir, 'data', 'matek', 'index.csv'), `${rows.join('\n')}\n`)
    for (const name of ['side-96', 'views-4']) {
      mkdirSync(join(dir, 'models', name), { recursive: true })
      for (const part of ['recogniser.json', 'recogniser.onnx']) {
        cpSync(join(import.meta.dirname, '../../vision/fixtures', part), join(dir, 'models', name, part))
      }
    }
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  test('the timed field holds each cell around its centre', async () => {
    const cells = colours.slice(0, 3).map(([type, , , n]) => ({
      file: file(n),
      source: 'matek',
      type,
      umPerPixel: 0.1,
      centre: [120, 120] as const,
    }))
    const { image, umPerPixel, centres } = await fieldOf(cells)
    const { data, width, height } = await raster(image, umPerPixel, umPerPixel)
    expect([width, height, data.length]).toEqual([96, 288, 96 * 288 * 3])
    const red = centres.map(([x, y]) => data[(y * width + x) * 3])
    expect(red).toEqual([60, 200, 60])
  })

  test('the command measures each option on the cells of known type', () => {
    const out = join(dir, 'out.json')
    const words = ['--models', join(dir, 'models'), '--data', join(dir, 'data'), '--out', out]
    const bench = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'economics.ts'), ...words, '--rounds', '1', '--threads', '1'],
      { encoding: 'utf8' },
    )
    expect(bench.stderr).not.toContain('Error')
    const result = JSON.parse(readFileSync(out, 'utf8'))
    expect(result.cells).toEqual({ val: 2, test: 2, timed: 2 })
    expect(names(result.options)).toEqual(['views-4', 'side-96'])
    const [a, b] = result.options
    // Both are the same network: they name alike and differ by nothing.
    expect(a.test).toEqual(b.test)
    expect(b.difference).toEqual({ value: 0, low: 0, high: 0 })
    expect(a.val.macroF1.value).toBeGreaterThanOrEqual(0)
    expect(result.batches.batches.map(({ cells }: { cells: number }) => cells)).toEqual([1, 4, 16, 64])
    expect(a.ms.median).toBeGreaterThan(0)
    expect(bench.stdout).toContain(`**${result.knee.name}**`)
  })
})
