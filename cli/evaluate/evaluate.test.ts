import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { drawCell } from '../../testkit/index.ts'
import type { DetectorReport, RecogniserReport } from '../report/report.ts'

const ROOT = join(import.meta.dirname, '../..')
const MODELS = join(ROOT, 'vision', 'fixtures')

let dir: string

/** Folders of three drawn cells each. */
const TYPES = ['blast', 'lymphocyte', 'not_identifiable'] as const

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'marrowscope-evaluate-'))
  for (const type of TYPES) {
    await mkdir(join(dir, 'crops', type), { recursive: true })
    for (const seed of [1, 2, 3]) {
      const drawn = type === 'not_identifiable' ? 'erythroblast' : type
      const { data, width, height } = drawCell({ type: drawn, seed })
      const raw = { width, height, channels: 3 } as const
      await sharp(data, { raw }).toFile(join(dir, 'crops', type, `${seed}.png`))
    }
  }
})

afterAll(() => rm(dir, { recursive: true }))

/** The real program in its own process. */
function marrowscope(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(ROOT, 'cli', 'main.ts'), ...words],
      { cwd: dir },
      (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, stdout, stderr })
      },
    )
  })
}

async function reportIn<Report>(out: string): Promise<Report> {
  return JSON.parse(await readFile(join(dir, out, 'report.json'), 'utf8'))
}

describe('evaluate detector', () => {
  const evaluate = (...more: string[]) =>
    marrowscope('evaluate', 'detector', '--split', 'test', '--models', MODELS, ...more)

  beforeAll(async () => {
    await marrowscope('draw', '--out', 'fields', '--count', '2', '--seed', '5', '--preset', 'border')
  })

  test('measures a COCO folder and leaves both reports', async () => {
    const run = await evaluate('--data', 'fields')
    expect(run).toMatchObject({
      code: 0,
      stderr: '[1/2] images\n[2/2] images\n',
      stdout: 'out/evaluate-detector-test/report.html\n',
    })
    const report = await reportIn<DetectorReport>('out/evaluate-detector-test')
    const labels = JSON.parse(await readFile(join(dir, 'fields', 'annotations.json'), 'utf8'))
    expect(report.fields).toHaveLength(1)
    expect(report.fields[0]).toMatchObject({ source: 'fields', images: 2, cells: labels.annotations.length })
    expect(report.fields[0]!.recall!.value).toBeGreaterThan(0.2)
    expect(report.fields[0]!.border.cells).toBeGreaterThan(0)
    expect(report.overall!.recall).toEqual(report.fields[0]!.recall)
    expect(report).toMatchObject({ scoreThreshold: 0.5, split: 'test', scale: 'given', failures: [] })
    expect(report.command).toContain('evaluate detector --split test')
    const page = await readFile(join(dir, 'out', 'evaluate-detector-test', 'report.html'), 'utf8')
    expect(page).toContain(report.model.sha256)
    expect(page.match(/data:image\/webp/g)).toHaveLength(report.mistakes.length)
  })

  test('goes on after a damaged image, names it and ends with 1', async () => {
    await cp(join(dir, 'fields'), join(dir, 'damaged'), { recursive: true })
    const [first] = JSON.parse(await readFile(join(dir, 'damaged', 'annotations.json'), 'utf8')).images
    await writeFile(join(dir, 'damaged', first.file_name), 'no image')
    const run = await evaluate('--data', 'damaged', '--out', 'damaged-report')
    expect(run.code).toBe(1)
    expect(run.stderr).toMatch(new RegExp(`\nFIELD_NOT_DECODABLE: .*${first.file_name}.*\n$`))
    const report = await reportIn<DetectorReport>('damaged-report')
    expect(report.fields[0]!.images).toBe(1)
    expect(report.failures).toMatchObject([{ code: 'FIELD_NOT_DECODABLE' }])
  })

  test('reads images that lie apart from their labels, and only those of a table', async () => {
    const labels = JSON.parse(await readFile(join(dir, 'fields', 'annotations.json'), 'utf8'))
    const [first] = labels.images
    await mkdir(join(dir, 'labels'))
    await cp(join(dir, 'fields', 'annotations.json'), join(dir, 'labels', 'annotations.json'))
    await writeFile(join(dir, 'only.csv'), `image\n${first.file_name}\n`)
    const words = ['--data', 'labels', '--images', 'fields', '--only', 'only.csv', '--out', 'apart']
    expect(await evaluate(...words)).toMatchObject({ code: 0 })
    const report = await reportIn<DetectorReport>('apart')
    const own = labels.annotations.filter(({ image_id }: { image_id: number }) => image_id === first.id)
    expect(report.fields).toMatchObject([{ source: 'labels', images: 1, cells: own.length, duplicates: 0 }])
    expect(report.only).toBe('only.csv')
    expect(new Set(report.mistakes.map(({ file }) => file))).toEqual(new Set([first.file_name]))
    await writeFile(join(dir, 'none.csv'), 'image\nother\n')
    const none = await evaluate('--data', 'fields', '--only', 'none.csv')
    expect(none.stderr).toMatch(/^SPLIT_EMPTY: .*among the images of none.csv/)
  })

  test('chooses a threshold on val, never on test', async () => {
    const words = ['evaluate', 'detector', '--data', 'fields', '--models', MODELS, '--choose-threshold']
    const run = await marrowscope(...words, '--split', 'val', '--out', 'chosen')
    expect(run.code).toBe(0)
    const { choice, fields } = await reportIn<DetectorReport>('chosen')
    expect(choice).toMatchObject({ missCost: 3, cells: fields[0]!.cells })
    const [misses, extras] = [choice!.misses, choice!.extras]
    expect(run.stdout).toContain(`${misses} of ${choice!.cells} cells missed, ${extras} extra detections`)
    // What is shipped cannot cost less than the least.
    const { recall, precision, cells } = fields[0]!
    const shipped = recall!.value * cells
    const cost = 3 * (cells - shipped) + shipped / precision!.value - shipped
    expect(3 * misses + extras).toBeLessThanOrEqual(cost + 1e-9)
    expect(await readFile(join(dir, 'chosen', 'report.html'), 'utf8')).toContain('Choice of the threshold')
    const refused = await marrowscope(...words, '--split', 'test')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('THRESHOLD_NOT_ON_TEST')
  })

  test('looks for the centre cell of crops without boxes', async () => {
    expect((await evaluate('--data', 'crops', '--scale', '0.1', '--out', 'centres')).code).toBe(0)
    const report = await reportIn<DetectorReport>('centres')
    expect(report.fields).toEqual([])
    expect(report.crops).toMatchObject([{ source: 'crops', crops: 6, notIdentifiable: { crops: 3 } }])
    expect(report.crops[0]!.found!.value).toBeGreaterThan(0.5)
  })

  test.each([
    ['a folder that is not there', ['--data', 'nowhere'], 'DATA_NOT_FOUND'],
    ['models that are not there', ['--data', 'fields', '--models', 'nowhere'], 'MODEL_NOT_FOUND'],
    [
      'an output that cannot be',
      ['--data', 'fields', '--out', 'fields/annotations.json'],
      'OUTPUT_NOT_WRITABLE',
    ],
  ])('%s gets one sentence with a code', async (_, words, code) => {
    const run = await evaluate(...words)
    expect(run.code).toBe(1)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(code)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('evaluate recogniser', () => {
  test('measures class-named folders', async () => {
    const run = await marrowscope(
      ...[
        'evaluate',
        'recogniser',
        '--data',
        'crops',
        '--split',
        'val',
        '--layout',
        'folders',
        '--scale',
        '0.1',
      ],
      ...['--models', MODELS, '--out', 'named'],
    )
    expect(run).toMatchObject({ code: 0 })
    const report = await reportIn<RecogniserReport>('named')
    expect(report.overall.cells).toBe(6)
    expect(report.overall.types.map(({ type, support }) => [type, support])).toEqual([
      ['blast', 3],
      ['lymphocyte', 3],
    ])
    const rows = report.overall.confusion.map((row) => row.reduce((sum, cells) => sum + cells, 0))
    expect(rows).toEqual(CELL_CLASSES.map((name) => ((TYPES as readonly string[]).includes(name) ? 3 : 0)))
    expect(report.outsiders).toMatchObject([{ source: 'crops', label: 'not_identifiable', crops: 3 }])
    expect(report.mistakes.every(({ file }) => /^[a-z_]+\/[123]\.png$/.test(file))).toBe(true)
    const page = await readFile(join(dir, 'named', 'report.html'), 'utf8')
    expect(page.match(/data:image\/webp/g)).toHaveLength(report.mistakes.length)
  })

  test('looks at no more images than it may', async () => {
    const words = ['--data', 'crops', '--split', 'val', '--scale', '0.1', '--models', MODELS, '--out', 'few']
    await marrowscope('evaluate', 'recogniser', ...words, '--limit', '3')
    const report = await reportIn<RecogniserReport>('few')
    expect(report.overall.cells + (report.outsiders[0]?.crops ?? 0)).toBe(3)
  })

  test('looks at cells of the wanted types alone', async () => {
    const words = ['evaluate', 'recogniser', '--data', 'crops', '--split', 'val', '--scale', '0.1']
    const more = ['--models', MODELS, '--out', 'some']
    await marrowscope(...words, ...more, '--types', 'blast')
    expect(await reportIn<RecogniserReport>('some')).toMatchObject({ overall: { cells: 3 }, outsiders: [] })
    const wrong = await marrowscope(...words, ...more, '--types', 'blast,blasts')
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('"blasts" is no type')
  })

  test('asks for the scale where it is not known', async () => {
    const run = await marrowscope(
      'evaluate',
      'recogniser',
      '--data',
      'crops',
      '--split',
      'val',
      '--models',
      MODELS,
    )
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('SCALE_REQUIRED')
  })
})
